/// A command line that cannot be carried out as it stands; the program says why and ends with status 64.
public enum UsageError: Error, Equatable, Sendable {
    /// No option has that name; the second value is one that is spelt much like it.
    case unknownOption(String, suggestion: String?)
    /// The option, as in `--log-file <path>`, stands last, without its value.
    case missingValue(String)
    /// The flag was given a value, which it does not take.
    case unexpectedValue(String, option: String)
    /// The value is not one that the option, as in `--log-format <format>`, takes; `requirement` says what it must be.
    case invalidValue(String, option: String, requirement: String, suggestion: String?)
    /// An argument that is no option, where none is expected.
    case unexpectedArgument(String, suggestion: String?)
    /// A first argument that is neither an option nor a subcommand, and the subcommands that there are.
    case unknownSubcommand(String, suggestion: String?, subcommands: [String])
    /// A subcommand that does not come first.
    case misplacedSubcommand(String)
    /// The option belongs to a handler that was not selected; the second value is that handler's flag.
    case missingHandler(option: String, flag: String)
    /// No handler was selected; the value lists the flags that do.
    case noHandler(flags: [String])
    /// Anything else, in a sentence without a full stop.
    case other(String)
}

extension UsageError: CustomStringConvertible {
    /// One sentence without a full stop.
    public var description: String {
        switch self {
        case .unknownOption(let option, let suggestion):
            "Unknown option '\(option)'" + Self.ask(suggestion)
        case .missingValue(let option):
            "Missing value for '\(option)'"
        case .unexpectedValue(let value, let option):
            "The flag '\(option)' takes no value, but was given '\(value)'"
        case .invalidValue(let value, let option, let requirement, let suggestion):
            "The value '\(value)' is invalid for '\(option)'"
                + (requirement.isEmpty ? "" : "; it must be \(requirement)")
                + Self.ask(suggestion)
        case .unexpectedArgument(let argument, let suggestion):
            "Unexpected argument '\(argument)'" + Self.ask(suggestion)
        case .unknownSubcommand(let argument, let suggestion, let subcommands):
            "Unexpected argument '\(argument)'" + Self.ask(suggestion)
                + " (subcommands, each with its own --help: \(subcommands.joined(separator: ", ")))"
        case .misplacedSubcommand(let name):
            "The subcommand '\(name)' must be the first argument"
        case .missingHandler(let option, let flag):
            "The option '\(option)' needs the handler '\(flag)'"
        case .noHandler(let flags):
            "Missing one of: " + flags.map { "'\($0)'" }.joined(separator: ", ")
        case .other(let message):
            message
        }
    }

    private static func ask(_ suggestion: String?) -> String {
        suggestion.map { "; did you mean '\($0)'?" } ?? ""
    }
}
