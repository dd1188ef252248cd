import ListenerKit

/// The base, roles and options of which a configuration is to be composed.
struct CompositionRequest: Sendable {
    /// The purpose of a composed configuration.
    enum Purpose: Sendable {
        /// It is run: if there are roles, some must be chosen.
        case running
        /// It is inspected: if no roles are chosen, it is composed of all.
        case inspecting
    }

    /// The path of the base configuration.
    var base: String
    /// The roles of `--roles`.
    var roles = RoleList("")
    /// The roles of `--default-roles`, for when neither `--roles` nor `$ROLES` names any.
    var defaultRoles = RoleList("")
    /// The directory with the roles; nil for `roles` next to the base.
    var rolesDirectory: String?
    /// The file of common options; nil for `common.conf` next to the base, if there is one.
    var common: String?
    /// The purpose.
    var purpose: Purpose

    /// The environment variable that chooses roles.
    static let variable = "ROLES"

    /// Makes a request for a base configuration, with the roles that the environment chooses.
    init(base: String, for purpose: Purpose) {
        self.base = base
        self.purpose = purpose
    }
}

extension CompositionRequest {
    /// Returns the chosen roles, and the directory that they are in; nil if there are neither roles nor options that need some.
    ///
    /// - Throws: ``RoleError`` if no role is chosen, or there are none to choose from.
    func chosenRoles(besides directory: String, _ inputs: ConfigurationInputs) throws(RoleError) -> ChosenRoles? {
        let path = PathText.absolute(rolesDirectory ?? PathText.joined(directory, "roles"), from: inputs.workingDirectory)
        let found = RolesDirectory(at: path, inputs)
        let choices: [(source: RoleSource, names: [String])] = [
            (.option, roles.names),
            (.variable, RoleList(inputs.environment[Self.variable] ?? "").names),
            (.defaultOption, defaultRoles.names),
        ]
        let choice = choices.first { !$0.names.isEmpty }
        guard !found.names.isEmpty else {
            // In a running container $ROLES is set too, but a composed configuration that is inspected has its roles already.
            if rolesDirectory == nil, common == nil, roles.names.isEmpty, choice == nil || purpose == .inspecting {
                return nil
            }
            throw .noRoles(directory: path, chosen: choice?.names ?? [], choice?.source, hasCommon: common != nil)
        }
        if let choice {
            return ChosenRoles(names: choice.names, source: choice.source, directory: found)
        }
        guard purpose == .inspecting else {
            throw .noneChosen(found)
        }
        // The source does not matter, because all of these roles exist.
        return ChosenRoles(names: found.names, source: .option, directory: found)
    }
}
