import ListenerKit

/// What has chosen roles.
enum RoleSource: String, Sendable {
    /// The command line.
    case option = "--roles"
    /// The environment, which may have the variable for another reason.
    case variable = "$ROLES"
    /// The command line, if nothing else names roles.
    case defaultOption = "--default-roles"
}
