import ListenerKit

/// The options that choose roles, wherever a configuration may have them.
enum CompositionOptions {
    private static let roles = Option<RoleList?>(
        "roles",
        "list",
        help: "the roles to run, separated by commas; by default $ROLES"
    )
    private static let defaultRoles = Option<RoleList?>(
        "default-roles",
        "list",
        help: "the roles to run where none was chosen"
    )
    private static let folder = Option<String?>(
        "roles-dir",
        "dir",
        help: "the folder with a ROLE.conf, or ROLE/*.conf, for each role; by default roles beside the configuration"
    )
    private static let common = Option<String?>(
        "common",
        "file",
        help: """
            option lines without a section, for every program of every role that does not say otherwise; by default \
            common.conf beside the configuration, where there is one
            """
    )

    static let all: [any OptionDeclaration] = [roles, defaultRoles, folder, common]

    /// What help says where a configuration is only looked at.
    static let explanation = """
        Where there is a folder of roles, the configuration is looked at with the roles that are chosen, as supervise \
        composes it; with all of them where none is.
        """

    /// What is to be composed.
    ///
    /// - Parameters:
    ///   - base: The base configuration.
    ///   - purpose: What for.
    ///   - options: The options that were given.
    /// - Returns: The request.
    static func request(
        base: String,
        for purpose: CompositionRequest.Purpose,
        _ options: OptionValues
    ) -> CompositionRequest {
        var request = CompositionRequest(base: base, for: purpose)
        request.roles = options[roles] ?? request.roles
        request.defaultRoles = options[defaultRoles] ?? request.defaultRoles
        request.folder = options[folder]
        request.common = options[common]
        return request
    }
}
