/// Why a configuration cannot be found or read.
@nonexhaustive
public enum ConfigurationError: Error, Equatable, Sendable {
    /// A file cannot be read; the location is the line that includes it, if there is one.
    case unreadable(FileError, includedAt: ConfigurationLocation? = nil)
    /// A line is not valid in a configuration file.
    case malformed(at: ConfigurationLocation, line: MalformedLine)
    /// The file that supervisord was started with is not where its command line says.
    case missing(named: String, lookedFor: [String])
    /// `$LISTENERD_CONFIG` names a file that does not exist.
    case missingOfVariable(String)
    /// More than one supervisord is run by `supervise`.
    case ambiguous([String])
    /// There is no file at any of the default paths.
    case notFound(lookedFor: [String])

    /// Why a line is not valid in a configuration file.
    @nonexhaustive
    public enum MalformedLine: Equatable, Sendable {
        /// It is neither a section header, nor a comment, nor a key with a value.
        case noDelimiter(String)
        /// It is before the first section.
        case textBeforeSection(String)
        /// It is a section header in a file of common options.
        case unexpectedSection(String)
        /// It is neither NAME=VALUE nor a NAME in a file of variables.
        case noVariable(String)
        /// It is not UTF-8.
        case notText
        /// It begins with a byte order mark, as some editors write it.
        case byteOrderMark
    }
}

extension ConfigurationError {
    /// Its description, without the severity that stands behind the line of a file.
    package var withoutSeverity: String { ConfigurationProblem(self)?.withoutSeverity ?? description }
}

extension ConfigurationError: CustomStringConvertible {
    /// Where the error is, what is wrong, and what to do, as one sentence without a full stop.
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
    /// The problem with the line, and what to do.
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
        case .noVariable(let text):
            "\(text.quoted) is not NAME=VALUE; a name is not empty and contains no white space"
        case .notText:
            "the line is not valid UTF-8; save the file as UTF-8"
        case .byteOrderMark:
            "the file begins with a byte order mark, which supervisord rejects; save it as UTF-8 without one"
        }
    }
}
