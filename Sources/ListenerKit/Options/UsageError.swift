/// A command line that cannot be carried out as it stands; the program reports it and ends with status 64.
@nonexhaustive
public enum UsageError: Error, Equatable, Sendable {
    /// No option has that name; the suggestion is an option that is spelled much like it.
    case unknownOption(name: String, suggestion: String?)
    /// The option, as in `--log-file <path>`, stands last, without its value.
    case missingValue(option: String)
    /// The flag was given a value, but takes none.
    case unexpectedValue(value: String, option: String)
    /// The option, as in `--log-format <format>`, does not take the value; `requirement` states what it must be.
    case invalidValue(value: String, option: String, requirement: String, suggestion: String?)
    /// An argument that is not an option; no other arguments are expected.
    case unexpectedArgument(argument: String, suggestion: String?)
    /// A first argument that is neither an option nor a subcommand, and the subcommands that exist.
    case unknownSubcommand(argument: String, suggestion: String?, subcommands: [String])
    /// A subcommand that does not come first.
    case misplacedSubcommand(name: String)
    /// The option belongs to a handler that is not selected by its flag.
    case missingHandler(option: String, flag: String)
    /// No handler is selected; the flags are those that select one.
    case noHandler(flags: [String])
    /// A selected handler needs the option, as in `--crash-mail-to <address>`.
    case missingOption(option: String)
    /// A handler reads the option, but does not declare it in its `options`: a mistake in its source.
    case undeclaredOption(option: String)
    /// Anything else, in a sentence without a full stop.
    case other(String)
}

extension UsageError: CustomStringConvertible {
    /// One sentence without a full stop.
    public var description: String {
        switch self {
        case .unknownOption(let option, let suggestion):
            "Unknown option '\(option)'" + Self.question(suggestion)
        case .missingValue(let option):
            "Missing value for '\(option)'"
        case .unexpectedValue(let value, let option):
            "The flag '\(option)' takes no value, but was given '\(value)'"
        case .invalidValue(let value, let option, let requirement, let suggestion):
            "The value '\(value)' is invalid for '\(option)'"
                + (requirement.isEmpty ? "" : "; it must be \(requirement)")
                + Self.question(suggestion)
        case .unexpectedArgument(let argument, let suggestion):
            "Unexpected argument '\(argument)'" + Self.question(suggestion)
        case .unknownSubcommand(let argument, let suggestion, let subcommands):
            "Unexpected argument '\(argument)'" + Self.question(suggestion)
                + " (subcommands, each with its own --help: \(subcommands.joined(separator: ", ")))"
        case .misplacedSubcommand(let name):
            "The subcommand '\(name)' must be the first argument"
        case .missingHandler(let option, let flag):
            "The option '\(option)' needs the handler '\(flag)'"
        case .noHandler(let flags):
            "Missing one of: " + flags.map { "'\($0)'" }.joined(separator: ", ")
        case .missingOption(let option):
            "Missing expected argument '\(option)'"
        case .undeclaredOption(let option):
            "The option '\(option)' is read, but its handler does not declare it: add it to 'options' in the source"
        case .other(let message):
            message
        }
    }

    private static func question(_ suggestion: String?) -> String {
        suggestion.map { "; did you mean '\($0)'?" } ?? ""
    }
}
