import ListenerKit

/// The chosen roles.
struct ChosenRoles {
    /// Their names, each once.
    let names: [String]
    /// The option or variable that has chosen them.
    let source: RoleSource
    /// The directory that they are in.
    let directory: RolesDirectory

    /// Reads the roles.
    ///
    /// - Parameters:
    ///   - base: The base configuration, whose sections they must not define differently.
    ///   - inputs: The inputs with the files.
    /// - Returns: The roles, in the order in which they were chosen.
    /// - Throws: ``RoleError`` if there is no such role; ``ConfigurationProblem`` if two definitions differ;
    ///   ``ConfigurationError`` if a file cannot be read, or is malformed.
    func read(besides base: INIDocument, _ inputs: ConfigurationInputs) throws -> [Role] {
        let files = try names.map { name throws(RoleError) in
            guard let files = directory.files(of: name) else {
                throw .unknown(name, source, directory)
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
            from \(directory)
            """
        return ConfigurationProblem(.roleConflict, at: section.location, message)
    }
}
