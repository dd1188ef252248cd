/// Which handlers are to listen, and with which options.
package struct ListenRequest: Sendable {
    /// The selected handlers, in the order in which the program declares them.
    package internal(set) var handlers: [any Handler.Type] = []
    /// The values of the options that were given, by their names on the command line.
    var values: [String: any Sendable] = [:]

    /// The value of an option of the listener itself.
    subscript<Value>(option: Option<Value>) -> Value {
        value(of: option, handler: nil)
    }

    /// The value of an option: the one that was given, else the default.
    func value<Value>(of option: Option<Value>, handler: String?) -> Value {
        // Without an unwrapped value the cast would make nil of it, which is a value where the option's type is optional.
        guard let value = values[CommandLineOption.name(option.name, of: handler)] else {
            return option.defaultValue
        }
        return value as? Value ?? option.defaultValue
    }
}
