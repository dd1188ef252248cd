import ListenerKit

/// The source of the chosen roles; the raw value is its name in messages.
enum RoleSource: String, Sendable {
    /// `--roles`.
    case option = "--roles"
    /// `$ROLES`, which may be set for another purpose.
    case variable = "$ROLES"
    /// `--default-roles`.
    case defaultOption = "--default-roles"
}
