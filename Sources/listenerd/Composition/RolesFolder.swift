import ListenerKit

/// The roles that a folder has: `ROLE.conf`, the files of `ROLE/*.conf`, or both.
struct RolesDirectory: Equatable, Sendable {
    /// The path of the folder.
    let path: String
    /// The names of the roles, sorted.
    let names: [String]
    private let files: [String: [String]]

    private static let suffix = ".conf"

    /// Looks into a folder; one that does not exist has no roles.
    init(at path: String, _ inputs: ConfigurationInputs) {
        let pattern = IncludePattern.globPattern(matching: path)
        var files: [String: [String]] = [:]
        for file in Self.files(matching: PathText.joined(pattern, "*\(Self.suffix)"), inputs) {
            files[PathText.name(of: String(file.dropLast(Self.suffix.count))), default: []].append(file)
        }
        for file in Self.files(matching: PathText.joined(pattern, "*/*\(Self.suffix)"), inputs) {
            files[PathText.name(of: PathText.directory(of: file)), default: []].append(file)
        }
        self.path = path
        self.files = files
        names = files.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// What a pattern matches without the folders: those alone match with a slash at the end.
    private static func files(matching pattern: String, _ inputs: ConfigurationInputs) -> [String] {
        let folders = Set(inputs.pathsMatching("\(pattern)/"))
        return inputs.pathsMatching(pattern).filter { !folders.contains("\($0)/") }
    }

    /// The files of a role, in the order in which they are read.
    ///
    /// Only what has been found in the folder is known here, so that no name leads out of it.
    ///
    /// - Returns: The files; nil if there is no such role.
    func files(of role: String) -> [String]? {
        files[role]
    }
}

extension RolesDirectory: CustomStringConvertible {
    /// The names, and where they come from.
    var description: String {
        "\(names.joined(separator: ", ")) (the roles in \(path.quoted))"
    }
}
