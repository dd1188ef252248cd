/// Which handlers are to listen, and with which options.
package struct ListenRequest: Sendable {
    /// The selected handlers, in the order in which the program declares them.
    package internal(set) var handlers: [any Handler.Type] = []
    /// The options, those of the handlers too.
    package internal(set) var options = OptionValues()

    /// The value of an option of the listener itself.
    subscript<Value>(option: Option<Value>) -> Value {
        options[option]
    }

    /// The value of an option: the one that was given, else the default.
    ///
    /// - Parameters:
    ///   - option: The option.
    ///   - handler: The name of the handler that declares it; nil where it is the listener's own.
    /// - Returns: The value.
    package func value<Value>(of option: Option<Value>, handler: String?) -> Value {
        options.value(of: option, handler: handler)
    }
}

extension ListenRequest {
    /// What handlers and options of a subcommand ask for.
    ///
    /// - Parameters:
    ///   - handlers: The handlers that can be selected.
    ///   - options: The options and flags that were given.
    package init(selecting handlers: [any Handler.Type], by options: OptionValues) {
        let given = Set(options.given.map { $0.name })
        self.init(handlers: handlers.filter { given.contains("--\($0.name)") }, options: options)
    }
}
