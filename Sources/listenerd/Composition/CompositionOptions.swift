import ListenerKit

/// The options that choose roles, for all subcommands that read a configuration.
enum CompositionOptions {
    /// A role in the directory that is named by the options before it, or found without them.
    private static let role = ValueKind.oneOf { options, _ in
        let base = try ConfigurationSearch.current(named: options[ListenerOptions.config], asListener: false).find()
        let directory = options[rolesDirectory] ?? PathText.joined(PathText.directory(of: base), "roles")
        return RolesDirectory(at: directory, .current()).names
    }
    private static let roles = Option<RoleList?>(
        "roles",
        "list",
        role,
        help: "the roles to run, separated by commas; by default $ROLES"
    )
    private static let defaultRoles = Option<RoleList?>(
        "default-roles",
        "list",
        role,
        help: "the roles to run if none are chosen"
    )
    private static let rolesDirectory = Option<String?>(
        "roles-dir",
        "dir",
        .directory,
        help: "the directory with ROLE.conf or ROLE/*.conf for each role; by default 'roles' next to the configuration"
    )
    private static let common = Option<String?>(
        "common",
        "file",
        .file,
        help: """
            option lines without a section header, for every program of every role that does not set them itself; by \
            default common.conf next to the configuration, if there is one
            """
    )

    static let all: [any OptionDeclaration] = [roles, defaultRoles, rolesDirectory, common]

    /// The variable, for manual pages.
    static let environment: [ManualNotes.Note] = [
        (CompositionRequest.variable, "The roles to run, if --roles is not given.")
    ]
    /// The files, for manual pages.
    static let files: [ManualNotes.Note] = [
        ("roles/ROLE.conf, roles/ROLE/*.conf", "The sections of a role; next to the configuration."),
        ("common.conf", "Options for every program of every role; next to the configuration."),
    ]

    /// The paragraph of help for subcommands that inspect a configuration.
    static let explanation = """
        If there is a roles directory, the configuration is composed with the chosen roles, as supervise does, or with \
        all of them if none are chosen.
        """

    /// Returns the request for what the options ask for.
    ///
    /// - Parameters:
    ///   - base: The base configuration.
    ///   - purpose: The purpose of the configuration.
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
        request.rolesDirectory = options[rolesDirectory]
        request.common = options[common]
        return request
    }
}
