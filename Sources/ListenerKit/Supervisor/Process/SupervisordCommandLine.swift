/// The command line of a supervisord, read by the rules of Python's `getopt`.
package struct SupervisordCommandLine: Equatable, Sendable {
    /// The path of the program: `/usr/bin/supervisord`.
    package let program: String
    /// The configuration file; nil if the command line names none.
    package let configurationFile: String?
    /// The value of `--user`; nil if it is not given.
    package let user: String?
    /// Whether `--nodaemon` is given.
    package let staysInForeground: Bool

    private static let configurationWord = "configuration"
    private static let userWord = "user"
    private static let foregroundWord = "nodaemon"
    /// The short options that take a value.
    private static let lettersWithValue = Set("cumdlyzejiqa")
    /// The long options that take a value.
    private static let wordsWithValue = [
        configurationWord, userWord, "umask", "directory", "logfile", "logfile_maxbytes", "logfile_backups", "loglevel",
        "pidfile", "identifier", "childlogdir", "minfds", "minprocs", "profile_options",
    ]
    /// The long options without a value.
    private static let words = ["help", "version", foregroundWord, "nocleanup", "strip_ansi", "silent"]

    /// Parses the command line of a process; nil results if it is not supervisord, but for example a shell that runs it.
    ///
    /// - Parameter arguments: The arguments, the program first.
    package init?(arguments: [String]) {
        guard let start = Self.indexOfSupervisord(in: arguments) else {
            return nil
        }
        program = arguments[start]
        let options = Self.options(in: arguments[(start + 1)...])
        configurationFile = options.first { $0.name == Self.configurationWord }?.value
        user = options.first { $0.name == Self.userWord }?.value
        staysInForeground = options.contains { $0.name == Self.foregroundWord }
    }

    /// Returns the index of supervisord's name: the first, or the one after the interpreter and its options.
    private static func indexOfSupervisord(in arguments: [String]) -> Int? {
        guard let first = arguments.first else {
            return nil
        }
        if isSupervisord(first) {
            return 0
        }
        let interpreter = PathText.name(of: first)
        guard interpreter.utf8.starts(with: "python".utf8) || interpreter.utf8.starts(with: "pypy".utf8) else {
            return nil
        }
        return arguments.indices.dropFirst().first { isSupervisord(arguments[$0]) }
    }

    /// Returns whether an argument is `supervisord`, `supervisord-3`, `supervisord.py`, or the module's name after `python -m`.
    private static func isSupervisord(_ argument: String) -> Bool {
        let name = PathText.name(of: argument)
        if name == "supervisord.py" || name == "supervisor.supervisord" {
            return true
        }
        let base = "supervisord"
        return name.utf8.starts(with: base.utf8)
            && name.utf8.dropFirst(base.utf8.count).allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: ".")
                    || $0 == UInt8(ascii: "-")
            }
    }

    /// Returns the options that are given, by their long names, or by their letters if the long name is not needed here.
    private static func options(in arguments: ArraySlice<String>) -> [Option] {
        var rest = arguments
        var options: [Option] = []
        while let argument = rest.popFirst(), argument.utf8.first == UInt8(ascii: "-"), argument != "-",
            argument != "--"
        {
            let word = argument.utf8.starts(with: "--".utf8)
            var found = word ? [wordOption(argument.dropFirst(2))] : letterOptions(argument.dropFirst())
            if let last = found.popLast() {
                found.append((last.name, last.takesValue, last.takesValue ? last.value ?? rest.popFirst() : nil))
            }
            options += found
        }
        return options
    }

    private typealias Option = (name: String, takesValue: Bool, value: String?)

    /// Parses `nc` or `ncFILE`: the first letter that takes a value takes all that follows it.
    private static func letterOptions(_ letters: Substring) -> [Option] {
        let end = letters.firstIndex { lettersWithValue.contains($0) }
        var options: [Option] = letters[..<(end ?? letters.endIndex)].map { (word(for: $0), false, nil) }
        if let end {
            let value = letters[letters.index(after: end)...]
            options.append((word(for: letters[end]), true, value.isEmpty ? nil : String(value)))
        }
        return options
    }

    private static func word(for letter: Character) -> String {
        switch letter {
        case "c": configurationWord
        case "n": foregroundWord
        case "u": userWord
        default: String(letter)
        }
    }

    /// Parses `configuration=FILE`; the name may be abbreviated as long as it is unambiguous.
    private static func wordOption(_ text: Substring) -> Option {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let word = parts.first ?? ""
        let all = wordsWithValue + words
        let candidates = all.contains(String(word)) ? [String(word)] : all.filter { $0.hasPrefix(word) }
        guard let option = candidates.first, candidates.count == 1, wordsWithValue.contains(option) else {
            return (candidates.count == 1 ? candidates[0] : "", false, nil)
        }
        return (option, true, parts.count == 2 ? String(parts[1]) : nil)
    }
}
