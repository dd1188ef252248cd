/// Reads the arguments of a listener: which handlers, with which options.
package struct CommandLineParser {
    private let handlers: [any Handler.Type]
    private let options: [CommandLineOption]
    private let subcommands: [String]

    /// Learns what the command line may say.
    ///
    /// - Parameters:
    ///   - handlers: The handlers that it can select.
    ///   - subcommands: The names that could have stood first, for suggestions.
    package init(handlers: [any Handler.Type], subcommands: [String] = []) {
        self.handlers = handlers
        self.subcommands = subcommands
        options =
            ListenerOptions.all.map { CommandLineOption($0) }
            + handlers.flatMap { handler in handler.options.map { CommandLineOption($0, of: handler.name) } }
    }

    /// Reads arguments.
    ///
    /// - Parameter arguments: The arguments, without the program's own name.
    /// - Returns: What they ask for.
    /// - Throws: ``UsageError`` for the first that cannot be carried out.
    package func parse(_ arguments: [String]) throws(UsageError) -> CommandLineRequest {
        switch try OptionParser(options: options, flags: flags, subcommands: subcommands).parse(arguments) {
        case .help: return .help
        case .version: return .version
        case .values(let values, let selected):
            try check(selected, values)
            let chosen = handlers.filter { selected.contains("--\($0.name)") }
            let request = ListenRequest(handlers: chosen, options: values)
            for case let handler as any OptionRules.Type in chosen {
                try handler.check(request)
            }
            return .listen(request)
        }
    }

    private var flags: [String] {
        handlers.map { "--\($0.name)" }
    }

    /// Checks what can be known only at the end: that there is a handler, and one for each option.
    private func check(_ selected: Set<String>, _ values: OptionValues) throws(UsageError) {
        for option in options where values.values[option.name] != nil {
            if let handler = option.handler, !selected.contains("--\(handler)") {
                throw .missingHandler(option: option.name, flag: "--\(handler)")
            }
        }
        if selected.isEmpty {
            throw .noHandler(flags: flags)
        }
    }
}
