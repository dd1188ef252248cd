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
        help: "the roles to run if none are chosen"
    )
    private static let folder = Option<String?>(
        "roles-dir",
        "dir",
        help: "the directory with ROLE.conf or ROLE/*.conf for each role; by default 'roles' next to the configuration"
    )
    private static let common = Option<String?>(
        "common",
        "file",
        help: """
            option lines without a section header, for every program of every role that does not set them itself; by \
            default common.conf next to the configuration, if there is one
            """
    )

    static let all: [any OptionDeclaration] = [roles, defaultRoles, folder, common]

    /// What help says where a configuration is only looked at.
    static let explanation = """
        If there is a roles directory, the configuration is composed with the chosen roles, as supervise does, or with \
        all of them if none are chosen.
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
