/// The text of `--help`, built from what handlers and subcommands declare about themselves.
struct HelpText {
    /// The program's name.
    let program: String
    /// The handlers that can be selected.
    let handlers: [any Handler.Type]
    /// The subcommands of the program.
    var subcommands: [any Subcommand.Type] = []

    /// What a program does without a subcommand.
    static let purpose =
        "Runs as an event listener of supervisord: make this line the command= of an [eventlistener:x] section."

    private static let width = 100
    private static let indentation = 2
    private static let column = 34

    /// The usage line, as errors quote it.
    var usage: String {
        "Usage: \(program) [options] HANDLER..."
    }

    /// The whole text, with a newline at its end.
    var text: String {
        var lines = [
            usage,
            "",
            Self.purpose,
            "",
            "Handlers (several can be combined):",
        ]
        lines += entries(handlers)
        if !subcommands.isEmpty {
            lines += ["", "Subcommands, instead of options and handlers (each has its own --help):"]
            for subcommand in subcommands {
                lines += entry(subcommand.name, subcommand.summary)
            }
        }
        lines += ["", "Options:"]
        for option in ListenerOptions.all {
            lines += entry(CommandLineOption(option))
        }
        lines += entry("-h, --help", "print this help and exit")
        lines += entry("--version", "print the version and exit")
        lines += optionEntries(handlers)
        return lines.joined(separator: "\n") + "\n"
    }

    private func entries(_ handlers: [any Handler.Type]) -> [String] {
        handlers.flatMap { entry("--\($0.name)", $0.summary) }
    }

    private func optionEntries(_ handlers: [any Handler.Type]) -> [String] {
        var lines: [String] = []
        for handler in handlers where !handler.options.isEmpty {
            lines += ["", "Options of --\(handler.name):"]
            for option in handler.options {
                lines += entry(CommandLineOption(option, of: handler.name))
            }
        }
        return lines
    }

    /// Returns the usage line of a subcommand, as errors quote it.
    func usage(of subcommand: any Subcommand.Type) -> String {
        var words = ["Usage:", program, subcommand.name, "[options]"]
        if !subcommand.handlers.isEmpty {
            words.append("[HANDLER...]")
        }
        if let arguments = subcommand.arguments {
            words.append("[\(arguments)]")
        }
        if let operands = subcommand.operands {
            words.append("[-- \(operands)]")
        }
        return words.joined(separator: " ")
    }

    /// Returns the help of a subcommand, with a newline at its end.
    func text(of subcommand: any Subcommand.Type) -> String {
        var lines = [usage(of: subcommand), ""]
        for paragraph in [Self.sentence(subcommand.summary)] + Self.paragraphs(of: subcommand) {
            lines += wrapped(paragraph) + [""]
        }
        if !subcommand.handlers.isEmpty {
            lines += ["Handlers (several can be combined):"] + entries(subcommand.handlers) + [""]
        }
        lines.append("Options:")
        for option in subcommand.options {
            lines += entry(CommandLineOption(option))
        }
        lines += entry("-h, --help", "print this help and exit")
        lines += optionEntries(subcommand.handlers)
        return lines.joined(separator: "\n") + "\n"
    }

    /// Returns a summary as a sentence.
    static func sentence(_ summary: String) -> String {
        summary.prefix(1).uppercased() + summary.dropFirst() + "."
    }

    private static func paragraphs(of subcommand: any Subcommand.Type) -> [String] {
        subcommand.explanation + (subcommand.exitStatus.map { ["Exit status: \($0)"] } ?? [])
    }

    private func wrapped(_ paragraph: String) -> [String] {
        var lines: [String] = []
        for word in paragraph.split(separator: " ") {
            if let last = lines.last, last.count + 1 + word.count <= Self.width {
                lines[lines.count - 1] += " \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }

    private func entry(_ option: CommandLineOption) -> [String] {
        let name = option.name == "--config" ? "-c, \(option.usage)" : option.usage
        return entry(name, Self.explanation(of: option))
    }

    /// Returns the effect of an option, with the words that it takes and its default.
    static func explanation(of option: CommandLineOption) -> String {
        let words = option.declaration.allowedWords
        let details = [
            words.isEmpty || words.count > 8 ? nil : "one of \(words.joined(separator: ", "))",
            option.declaration.defaultText.map { "default \($0)" },
            option.declaration.isRequired ? "required" : nil,
        ].compactMap { $0 }
        return option.declaration.help + (details.isEmpty ? "" : " (\(details.joined(separator: "; ")))")
    }

    /// Returns lines with a name on the left and its explanation on the right, broken between words.
    private func entry(_ name: String, _ explanation: String) -> [String] {
        var lines = [String(repeating: " ", count: Self.indentation) + name]
        if lines[0].count >= Self.column {
            lines.append("")
        }
        var isAtStart = true
        for word in explanation.split(separator: " ") {
            if !isAtStart, lines[lines.count - 1].count + 1 + word.count > Self.width {
                lines.append("")
                isAtStart = true
            }
            if isAtStart {
                let missing = max(0, Self.column - lines[lines.count - 1].count)
                lines[lines.count - 1] += String(repeating: " ", count: missing)
            } else {
                lines[lines.count - 1] += " "
            }
            lines[lines.count - 1] += word
            isAtStart = false
        }
        return lines
    }
}
