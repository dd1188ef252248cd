import ListenerKit

/// A file of variables, one a line, as docker reads the one of its `--env-file`.
enum EnvironmentFile {
    /// `--environment-file`.
    static let option = Option<String?>(
        "environment-file",
        "file",
        .file,
        help: """
            NAME=VALUE lines, as docker's --env-file reads them, which are added to supervisord's environment; a NAME alone \
            takes its value from the own environment
            """
    )

    /// Returns the variables of the file that the option names; none if it names none.
    ///
    /// - Parameters:
    ///   - options: The options that were given.
    ///   - environment: The environment from which a name without a value takes its value.
    /// - Returns: The variables.
    /// - Throws: ``ConfigurationError`` if the file cannot be read, or a line is not a variable.
    static func variables(
        _ options: OptionValues,
        _ environment: [String: String] = currentEnvironment()
    ) throws(ConfigurationError) -> [String: String] {
        guard let file = options[option] else {
            return [:]
        }
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try contents(ofFile: file)
        } catch {
            throw .unreadable(error)
        }
        return try variables(in: bytes, of: file, environment)
    }

    /// Returns the variables that the lines of a file define.
    static func variables(
        in bytes: [UInt8],
        of file: String,
        _ environment: [String: String]
    ) throws(ConfigurationError) -> [String: String] {
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let content = bytes.dropFirst(bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0)
        var variables: [String: String] = [:]
        for (index, line) in content.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            let location = ConfigurationLocation(file: file, line: index + 1)
            guard let text = String(validating: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self) else {
                throw .malformed(at: location, line: .notText)
            }
            let rest = text.drop { $0.isWhitespace }
            guard !rest.isEmpty, rest.utf8.first != UInt8(ascii: "#") else {
                continue
            }
            let parts = rest.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = parts.first, !name.isEmpty, !name.contains(where: \.isWhitespace) else {
                throw .malformed(at: location, line: .noVariable(String(rest)))
            }
            variables[String(name)] = parts.count > 1 ? String(parts[1]) : environment[String(name)]
        }
        return variables
    }
}
