/// The values of the options that were given, by their names on the command line.
package struct OptionValues: Sendable {
    var values: [String: any Sendable] = [:]
    /// The options and flags by their names on the command line, each with the one word that says the same, as given.
    package internal(set) var given: [(name: String, word: String)] = []
    /// What followed `--`.
    package internal(set) var operands: [String] = []

    /// The value of an option that belongs to no handler: the one that was given, else the default.
    package subscript<Value>(option: Option<Value>) -> Value {
        value(of: option, handler: nil)
    }

    /// The value of an option: the one that was given, else the default.
    package func value<Value>(of option: Option<Value>, handler: String?) -> Value {
        // Without an unwrapped value the cast would make nil of it, which is a value where the option's type is optional.
        guard let value = values[CommandLineOption.name(option.name, of: handler)] else {
            return option.defaultValue
        }
        return value as? Value ?? option.defaultValue
    }
}
