/// The command line of a supervisord, read by the rules of Python's `getopt`.
package struct SupervisordCommandLine: Equatable, Sendable {
    /// The path by which it was started: `/usr/bin/supervisord`.
    package let program: String
    /// The configuration file that it names; nil where it names none.
    package let configurationFile: String?

    /// Options that are followed by a value, as one letter.
    private static let lettersWithValue = Set("cumdlyzejiqa")
    /// Options that are followed by a value, as a word.
    private static let wordsWithValue = [
        "configuration", "user", "umask", "directory", "logfile", "logfile_maxbytes", "logfile_backups", "loglevel",
        "pidfile", "identifier", "childlogdir", "minfds", "minprocs", "profile_options",
    ]
    /// Options without a value, as a word.
    private static let words = ["help", "version", "nodaemon", "nocleanup", "strip_ansi", "silent"]

    /// Reads the command line of a process; nil where that is no supervisord, as when a shell stands in between.
    ///
    /// - Parameter arguments: The arguments, the program first.
    package init?(arguments: [String]) {
        guard let start = Self.startOfSupervisord(in: arguments) else {
            return nil
        }
        program = arguments[start]
        configurationFile = Self.configurationFile(in: arguments[(start + 1)...])
    }

    /// Where supervisord's own name stands: first, or after the interpreter and the interpreter's options.
    private static func startOfSupervisord(in arguments: [String]) -> Int? {
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

    /// `supervisord`, `supervisord-3`, `supervisord.py`, and the module's name after `python -m`.
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

    private static func configurationFile(in arguments: ArraySlice<String>) -> String? {
        var rest = arguments
        while let argument = rest.popFirst(), argument.utf8.first == UInt8(ascii: "-"), argument != "-" {
            if argument == "--" {
                return nil
            }
            let option =
                argument.utf8.starts(with: "--".utf8)
                ? wordOption(argument.dropFirst(2)) : letterOption(argument.dropFirst())
            guard option.takesValue else {
                continue
            }
            let value = option.value ?? rest.popFirst()
            if option.isConfiguration {
                return value
            }
        }
        return nil
    }

    private typealias Option = (isConfiguration: Bool, takesValue: Bool, value: String?)

    /// Reads `nc` or `ncFILE`: the first letter that takes a value takes all that follows.
    private static func letterOption(_ letters: Substring) -> Option {
        guard let index = letters.firstIndex(where: { lettersWithValue.contains($0) }) else {
            return (false, false, nil)
        }
        let value = letters[letters.index(after: index)...]
        return (letters[index] == "c", true, value.isEmpty ? nil : String(value))
    }

    /// Reads `configuration=FILE`, where the word may be cut short as long as only one option begins with it.
    private static func wordOption(_ text: Substring) -> Option {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let word = parts.first ?? ""
        let all = wordsWithValue + words
        let candidates = all.contains(String(word)) ? [String(word)] : all.filter { $0.hasPrefix(word) }
        guard let option = candidates.first, candidates.count == 1, wordsWithValue.contains(option) else {
            return (false, false, nil)
        }
        return (option == "configuration", true, parts.count == 2 ? String(parts[1]) : nil)
    }
}
