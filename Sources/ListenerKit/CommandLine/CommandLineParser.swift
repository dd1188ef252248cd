/// Parses the arguments of a listener: which handlers, with which options.
package struct CommandLineParser {
    private let handlers: [any Handler.Type]
    private let parser: OptionParser

    /// Prepares to parse the options of some handlers.
    ///
    /// - Parameters:
    ///   - handlers: The handlers that can be selected.
    ///   - subcommands: The subcommands that the first argument could have named, for suggestions.
    package init(handlers: [any Handler.Type], subcommands: [String] = []) {
        self.handlers = handlers
        parser = OptionParser(handlers: handlers, subcommands: subcommands)
    }

    /// Parses arguments.
    ///
    /// - Parameter arguments: The arguments, without the program's own name.
    /// - Returns: The request that they state.
    /// - Throws: ``UsageError`` for the first that cannot be carried out.
    package func parse(_ arguments: [String]) throws(UsageError) -> CommandLineRequest {
        switch try parser.parse(arguments) {
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

    /// Checks what only the whole line tells: that a handler is selected, and the one of each option.
    private func check(_ selected: Set<String>, _ values: OptionValues) throws(UsageError) {
        for option in parser.options where values.values[option.name] != nil {
            if let handler = option.handler, !selected.contains("--\(handler)") {
                throw .missingHandler(option: option.name, flag: "--\(handler)")
            }
        }
        if selected.isEmpty {
            throw .noHandler(flags: parser.flags)
        }
    }
}
