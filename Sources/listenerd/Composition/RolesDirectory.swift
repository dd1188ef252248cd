import ListenerKit

/// The roles in a directory: each is `ROLE.conf`, the files `ROLE/*.conf`, or both.
struct RolesDirectory: Equatable, Sendable {
    /// The path of the directory.
    let path: String
    /// The names of the roles, sorted.
    let names: [String]
    private let files: [String: [String]]

    private static let suffix = ".conf"

    /// Finds the roles in a directory; one that does not exist has none.
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

    /// Returns the files that a pattern matches; directories also match the pattern with a slash at its end, and are left out.
    private static func files(matching pattern: String, _ inputs: ConfigurationInputs) -> [String] {
        let directories = Set(inputs.pathsMatching("\(pattern)/"))
        return inputs.pathsMatching(pattern).filter { !directories.contains("\($0)/") }
    }

    /// Returns the files of a role, in the order in which they are read; nil if there is no such role.
    ///
    /// Only files found in the directory are returned, so that no name leads out of it.
    func files(of role: String) -> [String]? {
        files[role]
    }
}

extension RolesDirectory: CustomStringConvertible {
    /// The names, and the directory.
    var description: String {
        "\(names.joined(separator: ", ")) (the roles in \(path.quoted))"
    }
}
