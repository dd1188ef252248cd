/// Completes the last word of a command line, by what handlers and subcommands declare about themselves.
struct CommandLineCompleter {
    /// The program.
    let program: Program

    private typealias Candidate = CompletedWord.Candidate

    /// Completes the last word.
    ///
    /// - Parameter words: The words after the program's name; the last is the one to complete, and may be empty.
    /// - Returns: How it can go on; with no candidates if it cannot.
    func complete(_ words: [String]) -> CompletedWord {
        guard let word = words.last else {
            return CompletedWord()
        }
        let before = words.dropLast()
        if let subcommand = program.subcommands.first(where: { $0.name == before.first }) {
            let line = PartialCommandLine(OptionParser(subcommand), before.dropFirst())
            return complete(word, line, Self.flags(subcommand.handlers), subcommand)
        }
        let line = PartialCommandLine(OptionParser(handlers: program.handlers, subcommands: []), before)
        if before.isEmpty, !word.hasPrefix("-"), !program.subcommands.isEmpty {
            return CompletedWord(candidates: program.subcommands.map { Candidate(text: $0.name, summary: $0.summary) })
        }
        return complete(word, line, Self.flags(program.handlers), nil)
    }

    private static func flags(_ handlers: [any Handler.Type]) -> [Candidate] {
        handlers.map { Candidate(text: "--\($0.name)", summary: $0.summary) }
    }

    private func complete(
        _ word: String,
        _ line: PartialCommandLine,
        _ flags: [Candidate],
        _ subcommand: (any Subcommand.Type)?
    ) -> CompletedWord {
        if let option = line.unfinished, !word.hasPrefix("--") {
            return value(of: option, word, line)
        }
        if !line.isBehindDashes, word.hasPrefix("-") {
            if let (option, start) = line.attached(word) {
                return value(of: option, String(word.dropFirst(start.count)), line, start: start)
            }
            return CompletedWord(candidates: options(word, line, flags, subcommand))
        }
        if let subcommand, let placeholder = subcommand.arguments,
            line.values.arguments.isEmpty || placeholder.hasSuffix("...")
        {
            return values(subcommand.argumentKind, word, line)
        }
        return line.isBehindDashes ? CompletedWord() : CompletedWord(candidates: options(word, line, flags, subcommand))
    }

    /// Returns the flags and options that are not on the line yet; those of handlers that are not selected only if nothing else fits.
    private func options(
        _ word: String,
        _ line: PartialCommandLine,
        _ flags: [Candidate],
        _ subcommand: (any Subcommand.Type)?
    ) -> [Candidate] {
        let given = Set(line.values.given.map { $0.name })
        let isSelected = { (option: CommandLineOption) in option.handler.map { given.contains("--\($0)") } ?? true }
        let candidate = { (option: CommandLineOption) in Candidate(text: option.name, summary: option.declaration.help)
        }
        let open = line.parser.options.filter { !given.contains($0.name) }
        var help = [Candidate(text: "--help", summary: "print this help and exit")]
        if subcommand == nil {
            help.append(Candidate(text: "--version", summary: "print the version and exit"))
        }
        let usual =
            flags.filter { !given.contains($0.text) } + open.filter(isSelected).map(candidate)
            + (line.words == 0 ? help : [])
        if usual.contains(where: { $0.text.hasPrefix(word) }) {
            return usual
        }
        return usual + open.filter { !isSelected($0) }.map(candidate)
    }

    private func value(
        of option: CommandLineOption,
        _ text: String,
        _ line: PartialCommandLine,
        start: String = ""
    ) -> CompletedWord {
        let declaration = option.declaration
        // A word such as crash-loop=N/SECONDS stands for many.
        let words = declaration.allowedWords.map { word in
            word.firstIndex(of: "=").map { String(word[...$0]) } ?? word
        }
        guard declaration.isList else {
            return values(declaration.kind, text, line, words: words, start: start)
        }
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { String($0) }
        let finished = parts.dropLast()
        var completed = values(
            declaration.kind,
            parts.last ?? "",
            line,
            words: words,
            start: start + finished.map { "\($0)," }.joined()
        )
        completed.kind = completed.kind == .words ? .list : completed.kind
        completed.candidates.removeAll { finished.contains($0.text) }
        return completed
    }

    private func values(
        _ kind: ValueKind,
        _ text: String,
        _ line: PartialCommandLine,
        words: [String] = [],
        start: String = ""
    ) -> CompletedWord {
        switch kind.values {
        case _ where !words.isEmpty: return CompletedWord(start: start, candidates: words.map { Candidate(text: $0) })
        case .files: return CompletedWord(kind: .files, start: start)
        case .directories: return CompletedWord(kind: .directories, start: start)
        case .commands: return CompletedWord(kind: .commands, start: start)
        case .none, .processes, .subcommands, .names:
            let names = (try? self.names(kind, text, line.values)) ?? []
            // What could end a line or control a terminal is not offered.
            let printable = names.filter { name in !name.unicodeScalars.contains { $0.mustBeEscaped } }
            return CompletedWord(start: start, candidates: printable.map { Candidate(text: $0) })
        }
    }

    private func names(_ kind: ValueKind, _ text: String, _ values: OptionValues) throws -> [String] {
        switch kind.values {
        case .processes(let others): try program.processes(values).namesWithGroups + others
        case .subcommands: program.subcommands.map { $0.name }
        case .names(let names): try names(values, text)
        case .none, .files, .directories, .commands: []
        }
    }
}
