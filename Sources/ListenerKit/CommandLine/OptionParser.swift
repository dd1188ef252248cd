/// Parses arguments that are options, and flags that select a handler.
struct OptionParser {
    /// The handlers and options that the arguments name.
    enum Outcome {
        case help
        case version
        case values(OptionValues, selected: Set<String>)
    }

    /// The options that exist.
    let options: [CommandLineOption]
    /// The flags that exist, with their hyphens.
    let flags: [String]
    /// The subcommands that the first argument could have named.
    var subcommands: [String] = []
    /// Whether there may be arguments that are no options.
    var takesArguments = false
    /// Whether arguments may follow `--`.
    var takesOperands = false

    /// Parses arguments.
    ///
    /// - Parameter arguments: The arguments, without the program's name, or the subcommand's.
    /// - Returns: What they ask for; help and version come before everything else.
    /// - Throws: ``UsageError`` for the first that cannot be carried out.
    func parse(_ arguments: [String]) throws(UsageError) -> Outcome {
        var values = OptionValues()
        var selected: Set<String> = []
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--help", "-h": return .help
            case "--version": return .version
            case "--":
                if takesOperands {
                    values.operands = Array(rest)
                    rest = []
                } else if takesArguments {
                    values.arguments += rest
                    rest = []
                } else if let extra = rest.first {
                    throw .unexpectedArgument(argument: extra, suggestion: hints.suggestion(for: extra))
                }
            case let short where short.hasPrefix("-c") && !short.hasPrefix("--"):
                if let suggestion = hints.suggestion(forShort: short) {
                    throw .unknownOption(name: short, suggestion: suggestion)
                }
                rest = (short == "-c" ? ["--config"] : ["--config", String(short.dropFirst(2))]) + rest
            case let flag where flag.hasPrefix("--"):
                try parse(flag, &rest, &values, &selected)
            case let option where option.hasPrefix("-") && option != "-":
                throw .unknownOption(name: option, suggestion: hints.suggestion(forShort: option))
            case let argument where takesArguments && !argument.isEmpty:
                values.arguments.append(argument)
            default:
                throw hints.error(for: argument, before: rest, isFirst: rest.count == arguments.count - 1)
            }
        }
        try ListenerOptions.check(values)
        try checkRequired(values, selected)
        return .values(values, selected: selected)
    }

    private var hints: ArgumentHints {
        ArgumentHints(options: options, flags: flags, subcommands: subcommands)
    }

    /// Parses one flag or option, and its value.
    private func parse(
        _ argument: String,
        _ rest: inout ArraySlice<String>,
        _ values: inout OptionValues,
        _ selected: inout Set<String>
    ) throws(UsageError) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0])
        let attached = parts.count > 1 ? String(parts[1]) : nil
        if flags.contains(name) {
            try rejectValue(attached, of: name)
            selected.insert(name)
            values.given.append((name, name))
        } else if let option = options.first(where: { $0.name == name }) {
            let (value, word) = try value(of: option, attached, &rest)
            values.values[name] = value
            values.given.append((name, word))
        } else {
            throw .unknownOption(name: name, suggestion: hints.nearestOption(to: name))
        }
    }

    private func value(
        of option: CommandLineOption,
        _ attached: String?,
        _ rest: inout ArraySlice<String>
    ) throws(UsageError) -> (value: any Sendable, word: String) {
        guard option.declaration.valueName != nil else {
            try rejectValue(attached, of: option.name)
            return (true, option.name)
        }
        guard let text = attached ?? (rest.first?.hasPrefix("--") == false ? rest.popFirst() : nil) else {
            throw .missingValue(option: option.usage)
        }
        guard let value = option.declaration.value(from: text) else {
            throw invalidValue(text, for: option)
        }
        return (value, "\(option.name)=\(text)")
    }

    /// Names the wrong word of a list, not the whole list, if the option lists the words that it takes.
    private func invalidValue(_ text: String, for option: CommandLineOption) -> UsageError {
        let words = option.declaration.allowedWords
        let parts = text.split(separator: ",").map { $0.trimmingSpaces }
        let wrong = words.isEmpty ? nil : parts.first { option.declaration.value(from: $0) == nil }
        return .invalidValue(
            value: wrong ?? text,
            option: option.usage,
            requirement: option.declaration.requirement,
            suggestion: Suggestion.nearest(to: wrong ?? text, among: words)
        )
    }

    private func rejectValue(_ value: String?, of flag: String) throws(UsageError) {
        if let value {
            throw .unexpectedValue(value: value, option: flag)
        }
    }

    /// Checks that every selected handler has the options that it needs.
    private func checkRequired(_ values: OptionValues, _ selected: Set<String>) throws(UsageError) {
        for option in options where option.declaration.isRequired && values.values[option.name] == nil {
            guard let handler = option.handler, !selected.contains("--\(handler)") else {
                throw .missingOption(option: option.usage)
            }
        }
    }
}

extension OptionParser {
    /// Prepares to parse the arguments of a listener.
    init(handlers: [any Handler.Type], subcommands: [String]) {
        options = ListenerOptions.all.map { CommandLineOption($0) } + Self.options(of: handlers)
        flags = handlers.map { "--\($0.name)" }
        self.subcommands = subcommands
    }

    /// Prepares to parse the arguments that follow the name of a subcommand.
    init(_ subcommand: any Subcommand.Type) {
        let handlers = subcommand.handlers
        options =
            subcommand.options.map { CommandLineOption($0) } + Self.options(of: handlers)
        flags = handlers.map { "--\($0.name)" }
        takesArguments = subcommand.arguments != nil
        takesOperands = subcommand.operands != nil
    }

    private static func options(of handlers: [any Handler.Type]) -> [CommandLineOption] {
        handlers.flatMap { handler in handler.options.map { CommandLineOption($0, of: handler.name) } }
    }
}
