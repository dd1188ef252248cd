import ListenerKit

extension CheckRules {
    /// The rules about what supervisord runs in the end.
    static let foreground = [noShell, backgroundProgram]

    private static let noShell = CheckRule(
        "no-shell",
        .warning,
        "a command with &&, |, >, & or $NAME, and no shell",
        reason: "supervisord runs commands without a shell: such words become arguments of the program."
    ) { checked, findings in
        for program in checked.allPrograms {
            guard let command = program.command, let words = shellWords(command.text), let word = shellWord(in: words)
            else {
                continue
            }
            let advice =
                word == "&"
                ? "remove it: supervisord runs programs in the foreground"
                : word.utf8.first == UInt8(ascii: "$") && word.utf8.count > 1
                    ? "write %(ENV_\(variable(in: word)))s, or sh -c 'exec …'" : "write sh -c '…' around the command"
            findings.add(
                command.location,
                "\(word) in the command of \(program.name) is passed to \(words[0]) as it is, for supervisord runs no shell; \(advice)"
            )
        }
    }

    /// Returns what only a shell would understand; nil if there is nothing, or a shell that may get it.
    private static func shellWord(in words: [String]) -> String? {
        guard !words.contains(where: { $0 == "-c" || programsWithShells.contains(PathText.name(of: $0)) }) else {
            return nil
        }
        return words.dropFirst().first { operators.contains($0) || isVariable($0) }
    }

    private static let operators: Set = [
        "&", "&&", "|", "||", ">", ">>", "<", "2>", "2>>", "2>&1", "1>&2", ">/dev/null", "2>/dev/null",
    ]

    /// Programs that pass words to a shell, or put in variables by themselves.
    private static let programsWithShells: Set = [
        "sh", "bash", "dash", "ash", "ksh", "zsh", "fish", "su", "ssh", "eval", "envsubst", "dockerize", "jq", "awk",
        "test", "expr",
    ]

    /// Whether a word is a variable, perhaps with braces, and nothing else: `$PORT`, `${PORT}`.
    private static func isVariable(_ word: String) -> Bool {
        let name = variable(in: word)
        let isName = name.utf8.allSatisfy {
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                || $0 == UInt8(ascii: "_")
        }
        return word.utf8.first == UInt8(ascii: "$") && isName && !name.isEmpty
    }

    private static func variable(in word: String) -> String {
        let rest = word.utf8.dropFirst()
        let isBraced = rest.first == UInt8(ascii: "{") && rest.last == UInt8(ascii: "}")
        return String(decoding: isBraced ? rest.dropFirst().dropLast() : rest, as: UTF8.self)
    }

    private static let backgroundProgram = CheckRule(
        "background-program",
        .warning,
        "a program that goes into the background",
        reason: """
            supervisord sees it end at once: it starts it again, beside the first one, until it is FATAL, and cannot stop what \
            runs.
            """
    ) { checked, findings in
        // One that is to end may well leave something behind.
        for program in checked.configuration.programs where program.autorestart != .never && program.startSeconds > 0 {
            guard let command = program.command, let words = shellWords(command.text) else {
                continue
            }
            let commands = ShellScript(words).map { ($0.commands ?? []).map { $0.words } }
            let last = (commands.map { $0.last ?? [] } ?? words).drop { $0 == "exec" }
            if let advice = BackgroundProgram.advice(for: Array(last)) {
                findings.add(
                    command.location,
                    "\(program.name) goes into the background, so that supervisord takes it for ended; \(advice)"
                )
            }
        }
    }
}
