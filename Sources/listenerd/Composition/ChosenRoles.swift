import ListenerKit

/// Roles that somebody has chosen.
struct ChosenRoles {
    /// Their names, each once.
    let names: [String]
    /// Who has chosen them.
    let source: RoleSource
    /// The folder that has them.
    let folder: RolesDirectory

    /// Reads them.
    ///
    /// - Parameters:
    ///   - base: The base configuration, which they must not contradict.
    ///   - inputs: The world with the files.
    /// - Returns: The roles, in the order in which they were chosen.
    /// - Throws: ``RoleError`` if there is no such role; ``ConfigurationProblem`` if two definitions differ;
    ///   ``ConfigurationError`` if a file cannot be read, or is malformed.
    func read(besides base: INIDocument, _ inputs: ConfigurationInputs) throws -> [Role] {
        let files = try names.map { name throws(RoleError) in
            guard let files = folder.files(of: name) else {
                throw .unknown(name, source, folder)
            }
            return files
        }
        var roles: [Role] = []
        for (name, files) in zip(names, files) {
            let role = try Role(name, files: files, inputs)
            for other in [base] + roles.map(\.document) {
                if let (section, same) = role.firstConflict(with: other) {
                    throw conflict(section, same)
                }
            }
            roles.append(role)
        }
        return roles
    }

    private func conflict(_ section: INISection, _ other: INISection) -> ConfigurationProblem {
        let message = """
            [\(section.name)] is defined differently at \(other.location); rename one of them, or choose other roles \
            from \(folder)
            """
        return ConfigurationProblem(.error, at: section.location, message)
    }
}
