/// Reads the arguments of a listener: which handlers, with which options.
package struct CommandLineParser {
    private let handlers: [any Handler.Type]
    private let options: [CommandLineOption]

    /// Learns what the command line may say.
    ///
    /// - Parameter handlers: The handlers that it can select.
    package init(handlers: [any Handler.Type]) {
        self.handlers = handlers
        options =
            ListenerOptions.all.map { CommandLineOption($0) }
            + handlers.flatMap { handler in handler.options.map { CommandLineOption($0, of: handler) } }
    }

    /// Reads arguments.
    ///
    /// - Parameter arguments: The arguments, without the program's own name.
    /// - Returns: What they ask for.
    /// - Throws: ``UsageError`` for the first that cannot be carried out.
    package func parse(_ arguments: [String]) throws(UsageError) -> CommandLineRequest {
        var request = ListenRequest()
        var selected: Set<String> = []
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--help", "-h": return .help
            case "--version": return .version
            case "--":
                if let extra = rest.first {
                    throw .unexpectedArgument(extra, suggestion: nil)
                }
            case "-c":
                rest = ["--config"] + rest
            case let short where short.hasPrefix("-c") && !short.hasPrefix("--"):
                rest = ["--config", String(short.dropFirst(2))] + rest
            case let flag where flag.hasPrefix("--"):
                try take(flag, &rest, &request, &selected)
            case let option where option.hasPrefix("-") && option != "-":
                throw .unknownOption(option, suggestion: nil)
            default:
                throw .unexpectedArgument(argument, suggestion: Suggestion.nearest(to: "--\(argument)", among: flags))
            }
        }
        try check(selected, request)
        request.handlers = handlers.filter { selected.contains($0.name) }
        return .listen(request)
    }

    private var flags: [String] {
        handlers.map { "--\($0.name)" }
    }

    /// Takes one flag or option, and its value.
    private func take(
        _ argument: String,
        _ rest: inout ArraySlice<String>,
        _ request: inout ListenRequest,
        _ selected: inout Set<String>
    ) throws(UsageError) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0])
        let attached = parts.count > 1 ? String(parts[1]) : nil
        if let handler = handlers.first(where: { "--\($0.name)" == name }) {
            try refuse(attached, for: name)
            selected.insert(handler.name)
        } else if let option = options.first(where: { $0.name == name }) {
            request.values[name] = try value(of: option, attached, &rest)
        } else {
            let known = flags + options.map { $0.name } + ["--help", "--version"]
            throw .unknownOption(name, suggestion: Suggestion.nearest(to: name, among: known))
        }
    }

    private func value(
        of option: CommandLineOption,
        _ attached: String?,
        _ rest: inout ArraySlice<String>
    ) throws(UsageError) -> any Sendable {
        guard option.declaration.valueName != nil else {
            try refuse(attached, for: option.name)
            return true
        }
        guard let text = attached ?? (rest.first?.hasPrefix("--") == false ? rest.popFirst() : nil) else {
            throw .missingValue(option.usage)
        }
        guard let value = option.declaration.value(from: text) else {
            throw invalidValue(text, for: option)
        }
        return value
    }

    /// Blames the word of a list that is wrong, not the whole list, where the option names the words that it takes.
    private func invalidValue(_ text: String, for option: CommandLineOption) -> UsageError {
        let words = option.declaration.allowedWords
        let parts = text.split(separator: ",").map { $0.trimmingSpaces }
        let wrong = words.isEmpty ? nil : parts.first { option.declaration.value(from: $0) == nil }
        return .invalidValue(
            wrong ?? text,
            option: option.usage,
            allowed: words,
            suggestion: Suggestion.nearest(to: wrong ?? text, among: words)
        )
    }

    private func refuse(_ value: String?, for flag: String) throws(UsageError) {
        if let value {
            throw .unexpectedValue(value, option: flag)
        }
    }

    /// Checks what can be known only at the end: that there is a handler, and one for each option.
    private func check(_ selected: Set<String>, _ request: ListenRequest) throws(UsageError) {
        for option in options where request.values[option.name] != nil {
            if let handler = option.handler, !selected.contains(handler) {
                throw .missingHandler(option: option.name, flag: "--\(handler)")
            }
        }
        if selected.isEmpty {
            throw .noHandler(flags: flags)
        }
    }
}
