/// The handlers that a command line selects, and their options.
public struct ListenRequest: Sendable {
    /// The selected handlers, in the order in which the program declares them.
    package internal(set) var handlers: [any Handler.Type] = []
    /// The options, those of the handlers too.
    package internal(set) var options = OptionValues()

    /// Returns whether a handler is selected.
    ///
    /// - Parameter name: The handler's name.
    /// - Returns: Whether its flag was given.
    public func isSelected(_ name: String) -> Bool {
        handlers.contains { $0.name == name }
    }

    /// Returns the value of a handler's option: the one that was given, or the default.
    ///
    /// - Parameters:
    ///   - option: The option.
    ///   - handler: The name of the handler that declares it; nil if it is the listener's own.
    /// - Returns: The value.
    public func value<Value>(of option: Option<Value>, handler: String?) -> Value {
        options.value(of: option, handler: handler)
    }

    /// Returns the value of a handler's required option.
    ///
    /// - Parameters:
    ///   - option: The option.
    ///   - handler: The name of the handler that declares it.
    /// - Returns: The value; nil if that handler is not selected.
    public func value<Value>(of option: RequiredOption<Value>, handler: String) -> Value? {
        options.given(option, handler: handler)
    }

    /// The value of an option of the listener itself.
    subscript<Value>(option: Option<Value>) -> Value {
        options[option]
    }

    /// Whether a selected handler declares an option among its own.
    func declares(_ option: some OptionDeclaration, handler: String) -> Bool {
        handlers.contains { type in type.name == handler && type.options.contains { $0.name == option.name } }
    }
}

extension ListenRequest {
    /// Selects handlers by the options of a subcommand.
    ///
    /// - Parameters:
    ///   - handlers: The handlers that can be selected.
    ///   - options: The options and flags that were given.
    package init(selecting handlers: [any Handler.Type], by options: OptionValues) {
        let given = Set(options.given.map { $0.name })
        self.init(handlers: handlers.filter { given.contains("--\($0.name)") }, options: options)
    }
}
