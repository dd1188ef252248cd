import ListenerKit

/// What a configuration is composed of, as somebody asks for it.
struct CompositionRequest: Sendable {
    /// What the composed configuration is for.
    enum Purpose: Sendable {
        /// It is going to run: there must be a choice where there are roles.
        case running
        /// It is looked at: without a choice, all roles are.
        case inspecting
    }

    /// The base configuration.
    var base: String
    /// The roles that were chosen.
    var roles = RoleList("")
    /// The roles where none was chosen, not by `$ROLES` either.
    var defaultRoles = RoleList("")
    /// The folder with the roles; nil for `roles` beside the base.
    var folder: String?
    /// The file of common options; nil for `common.conf` beside the base, where there is one.
    var common: String?
    /// What it is for.
    var purpose: Purpose

    /// The variable that chooses roles.
    static let variable = "ROLES"

    /// Asks for a base configuration with the roles that the environment chooses.
    init(base: String, for purpose: Purpose) {
        self.base = base
        self.purpose = purpose
    }
}

extension CompositionRequest {
    /// The names of the roles that are wanted, and the folder that has them; nil where roles play no part.
    ///
    /// - Throws: ``RoleError`` where the choice makes no sense.
    func chosenRoles(besides directory: String, _ inputs: ConfigurationInputs) throws(RoleError) -> ChosenRoles? {
        let path = PathText.absolute(folder ?? PathText.joined(directory, "roles"), from: inputs.workingDirectory)
        let found = RolesDirectory(at: path, inputs)
        let choices: [(source: RoleSource, names: [String])] = [
            (.option, roles.names),
            (.variable, RoleList(inputs.environment[Self.variable] ?? "").names),
            (.defaultOption, defaultRoles.names),
        ]
        let choice = choices.first { !$0.names.isEmpty }
        guard !found.names.isEmpty else {
            // In a running container the variable is there too, yet what is looked at has its roles in it already.
            if folder == nil, common == nil, roles.names.isEmpty, choice == nil || purpose == .inspecting {
                return nil
            }
            throw .noRoles(folder: path, chosen: choice?.names ?? [], choice?.source, hasCommon: common != nil)
        }
        if let choice {
            return ChosenRoles(names: choice.names, source: choice.source, folder: found)
        }
        guard purpose == .inspecting else {
            throw .noneChosen(found)
        }
        // All of these are there.
        return ChosenRoles(names: found.names, source: .option, folder: found)
    }
}
