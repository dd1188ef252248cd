/// The values of the options that were given, by their names on the command line.
public struct OptionValues: Sendable {
    var values: [String: any Sendable] = [:]
    /// The options and flags by their names on the command line, each with one word that means the same, as given.
    package internal(set) var given: [(name: String, word: String)] = []
    /// The arguments that are no options, if the subcommand takes any.
    public internal(set) var arguments: [String] = []
    /// The arguments after `--`.
    public internal(set) var operands: [String] = []

    /// The value of an option that belongs to no handler: the one that was given, or the default.
    ///
    /// - Parameter option: The option, as the subcommand declares it.
    public subscript<Value>(option: Option<Value>) -> Value {
        value(of: option, handler: nil)
    }

    /// The value of a required option that belongs to no handler.
    ///
    /// - Parameter option: The option, as the subcommand declares it.
    public subscript<Value>(option: RequiredOption<Value>) -> Value {
        get throws(UsageError) {
            guard let value = given(option, handler: nil) else {
                throw .undeclaredOption(option: CommandLineOption(option).usage)
            }
            return value
        }
    }

    /// The value of an option: the one that was given, or the default.
    package func value<Value>(of option: Option<Value>, handler: String?) -> Value {
        given(option, handler: handler) ?? option.defaultValue
    }

    /// The value that was given for an option; nil if none was.
    func given<Value>(_ option: some OptionDeclaration<Value>, handler: String?) -> Value? {
        // Without an unwrapped value the cast would make nil of it, which is a value if the option's type is optional.
        guard let value = values[CommandLineOption.name(option.name, of: handler)] else {
            return nil
        }
        return value as? Value
    }
}
