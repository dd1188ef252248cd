/// Why there is no configuration to look at.
@nonexhaustive
public enum ConfigurationError: Error, Equatable, Sendable {
    /// A file cannot be read; the location is that of the line that includes it, if one does.
    case unreadable(FileError, includedAt: ConfigurationLocation? = nil)
    /// A line of the file is nothing that such a file may contain.
    case malformed(at: ConfigurationLocation, line: MalformedLine)
    /// The supervisord that started this process reads a file that is not where its command line says.
    case missing(named: String, lookedFor: [String])
    /// `$LISTENERD_CONFIG` names a file that cannot be found.
    case missingOfVariable(String)
    /// More than one supervisord runs under a `supervise`.
    case ambiguous([String])
    /// None of the usual places has a file.
    case notFound(lookedFor: [String])

    /// What a line is, where it is nothing that a configuration file may contain.
    @nonexhaustive
    public enum MalformedLine: Equatable, Sendable {
        /// Neither a section, nor a comment, nor a key with a value.
        case noDelimiter(String)
        /// A key that stands in no section.
        case textBeforeSection(String)
        /// The header of a section, where every line belongs to sections elsewhere.
        case unexpectedSection(String)
        /// Bytes that are not UTF-8.
        case notText
        /// The invisible mark with which some editors begin a file.
        case byteOrderMark
    }
}

extension ConfigurationError {
    /// Its description, without the severity that stands behind the line of a file.
    package var withoutSeverity: String { ConfigurationProblem(self)?.withoutSeverity ?? description }
}

extension ConfigurationError: CustomStringConvertible {
    /// One sentence that says where, what is wrong, and what to do.
    public var description: String {
        switch self {
        case .unreadable(let error, let location):
            (location.map { "\($0): error: " } ?? "") + "\(error); \(error.advice)"
        case .malformed(let location, let line):
            "\(location): error: \(line)"
        case .missing(let name, let paths):
            """
            supervisord was started with the configuration file \(name.quoted), but it is not at \
            \(paths.map(\.quoted).joined(separator: " or ")); name it with --config
            """
        case .missingOfVariable(let path):
            """
            $\(ConfigurationSearch.variable) names the configuration file '\(path)', which does not exist; unset it, or name \
            another file with --config
            """
        case .ambiguous(let paths):
            """
            more than one supervisord is running under 'listenerd supervise'; name the configuration of one with --config: \
            \(paths.map(\.quoted).joined(separator: " or "))
            """
        case .notFound(let paths):
            """
            supervisord's configuration file was not found; name it with --config \
            (looked for \(paths.joined(separator: ", ")))
            """
        }
    }
}

extension ConfigurationError.MalformedLine: CustomStringConvertible {
    /// What is wrong with the line, and what to do.
    public var description: String {
        switch self {
        case .noDelimiter(let text):
            "\(text.quoted) is not 'key = value'; to continue the value above, indent it deeper than its key"
        case .textBeforeSection(let text):
            text.utf8.first == UInt8(ascii: "[") && !text.utf8.contains(UInt8(ascii: "]"))
                ? "\(text.quoted) looks like a section header, but has no closing ']'; add it"
                : "\(text.quoted) is before the first section; put a header such as [supervisord] above it"
        case .unexpectedSection(let name):
            """
            \("[\(name)]".quoted) is a section header, which a file of common options cannot have: its lines are added to \
            every program of every role; remove the header, or name another file with --common
            """
        case .notText:
            "the line is not valid UTF-8; save the file as UTF-8"
        case .byteOrderMark:
            "the file begins with a byte order mark, which supervisord rejects; save it as UTF-8 without one"
        }
    }
}
