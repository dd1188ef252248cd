/// A shell that completes the program's command lines.
enum Shell: String, CaseIterable {
    case bash, zsh, fish

    /// Returns how a line goes on, in the form that the shell's script reads: the kind, the part of the word that stays, and
    /// each candidate on a line of its own.
    ///
    /// - Parameters:
    ///   - arguments: What the script passes: the words after the program's name; in bash the whole line up to the cursor, and
    ///     the end of it that is replaced.
    ///   - completer: Completes words.
    /// - Returns: The lines.
    func answer(_ arguments: [String], _ completer: CommandLineCompleter) -> [String] {
        if self == .bash {
            return bashAnswer(arguments, completer)
        }
        // fish passes on the last word as it is typed.
        let last = arguments.suffix(1).map { self == .fish ? ShellLine($0, isWord: true).words[0] : $0 }
        let completed = completer.complete(arguments.dropLast() + last)
        let candidates = completed.candidates.map { candidate in
            if self == .fish {
                return "\(completed.start)\(candidate.text)\t\(candidate.summary)"
            }
            let name = candidate.text.split(separator: ":", omittingEmptySubsequences: false).joined(separator: "\\:")
            return candidate.summary.isEmpty ? name : "\(name):\(candidate.summary)"
        }
        return [completed.kind.rawValue, completed.start] + candidates
    }

    /// bash passes on words that it has split at `=` and `:` too, and inserts what it is given as it is.
    private func bashAnswer(_ arguments: [String], _ completer: CommandLineCompleter) -> [String] {
        guard let line = arguments.first else {
            return []
        }
        let replaced = arguments.dropFirst().first.flatMap { line.hasSuffix($0) ? $0 : nil } ?? ""
        let kept = ShellLine(line.dropLast(replaced.count))
        let words = ShellLine(line).words
        let (keptWord, word) = (kept.words.last ?? "", words.last ?? "")
        let completed = completer.complete(Array(words.dropFirst()))
        let candidates = completed.candidates.map { "\(completed.start)\($0.text)" }.filter { $0.hasPrefix(word) }
        return [completed.kind.rawValue, completed.start]
            + candidates.map { kept.quoted($0.dropFirst(keptWord.count)) }
    }
}
