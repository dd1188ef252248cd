import ListenerKit

/// The files that `check` was given.
struct FileOperands {
    /// All files, each once, in the order given.
    let all: [String]
    /// The files with `[supervisord]`, each of them a configuration.
    private(set) var configurations: [String] = []
    /// The problems with files that cannot be read.
    private(set) var errors: [ConfigurationProblem] = []
    private var fragments: [String] = []

    /// Reads the files.
    init(_ arguments: [String], _ files: CheckedFiles) {
        var seen: Set<String> = []
        all = arguments.map { $0 == ConfigurationCheck.standardInput ? CheckedFiles.standardInput : $0 }
            .filter { seen.insert($0).inserted }
        for path in all {
            do {
                if Self.hasSupervisordSection(try files.bytes(ofFile: path)) {
                    configurations.append(path)
                } else {
                    fragments.append(path)
                }
            } catch {
                errors.append(Self.problem(error, path))
            }
        }
    }

    /// Returns the files that are no configurations, those that one pattern of `[include]` matches together.
    ///
    /// - Parameter included: The files that were read already.
    /// - Returns: The other ones, sorted within a folder as supervisord reads them.
    func fragments(besides included: [String]) -> [[String]] {
        let known = Set(included.compactMap { FileIdentity(path: $0) })
        var patterns: [String] = []
        var files: [String: [String]] = [:]
        for path in fragments where FileIdentity(path: path).map({ !known.contains($0) }) ?? true {
            let pattern = Self.pattern(matching: path)
            if files[pattern] == nil {
                patterns.append(pattern)
            }
            files[pattern, default: []].append(path)
        }
        return patterns.compactMap { files[$0]?.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
    }

    /// Returns the pattern by which a file is included with its likes: `conf.d/*.conf`.
    private static func pattern(matching path: String) -> String {
        let name = PathText.name(of: path)
        let suffix = name.utf8.lastIndex(of: UInt8(ascii: ".")).map { String(name[$0...]) } ?? ""
        return PathText.joined(PathText.directory(of: path), "*\(suffix)")
    }

    private static func hasSupervisordSection(_ bytes: [UInt8]) -> Bool {
        var start = 0
        while start < bytes.count {
            let line = INIReader.line(from: start, in: bytes)
            if bytes[PythonWhitespace.trimming(start..<line.end, of: bytes)].starts(with: "[supervisord]".utf8) {
                return true
            }
            start = line.next
        }
        return false
    }

    private static func problem(_ error: FileError, _ path: String) -> ConfigurationProblem {
        let advice =
            if case .notRegular(_, .directory) = error {
                "name the files in it, such as \(PathText.joined(path, "*.conf"))"
            } else {
                error.advice
            }
        let location = ConfigurationLocation(file: path, line: 1)
        return ConfigurationProblem(.unreadableFile, at: location, "\(error); \(advice)")
    }
}
