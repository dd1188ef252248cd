/// Suggests the argument that was probably meant by an unknown one.
struct ArgumentHints {
    /// The options that exist.
    let options: [CommandLineOption]
    /// The flags that exist, with their hyphens.
    let flags: [String]
    /// The subcommands that the first argument could have named.
    let subcommands: [String]

    /// Returns the option or flag whose name is spelled much like a given one.
    ///
    /// - Parameter name: The name as typed, with its hyphens.
    /// - Returns: The option or flag; nil if none is near.
    func nearestOption(to name: String) -> String? {
        let names = flags + options.map { $0.name } + ["--help", "--version"]
        return Suggestion.nearest(to: name, among: names)
    }

    /// Returns the option that was probably meant by one with a single hyphen: `-config`, `-c=FILE`.
    ///
    /// - Parameter argument: The argument as typed.
    /// - Returns: The argument to type instead; nil if nothing is near, or if it is `-c` with its file, as `getopt` reads it.
    func suggestion(forShort argument: String) -> String? {
        if argument.hasPrefix("-c=") {
            return "-c \(argument.dropFirst(3))"
        }
        if argument == "-v" || argument == "-V" {
            return "--version"
        }
        let name = argument.prefix { $0 != "=" }
        // Behind -c, a path is a path.
        guard name.utf8.count > 2, !Self.isPath(name) else {
            return nil
        }
        return nearestOption(to: "-\(name)")
    }

    /// Returns the option that was probably meant by an argument that is none.
    ///
    /// - Parameter argument: The argument as typed.
    /// - Returns: The argument to type instead; nil if nothing is near.
    func suggestion(for argument: String) -> String? {
        // Word processors make one long dash of two hyphens.
        let word = String(argument.drop { $0 == "–" || $0 == "—" })
        guard !word.isEmpty else {
            return nil
        }
        if let option = nearestOption(to: "--\(word)") {
            return option
        }
        if let option = options.first(where: { $0.declaration.allowedWords.contains(word) }) {
            return "\(option.name) \(word)"
        }
        return Self.isPath(word) ? "-c \(word)" : nil
    }

    /// Returns the error for an argument that is no option.
    ///
    /// - Parameters:
    ///   - argument: The argument as typed.
    ///   - rest: The arguments that follow it.
    ///   - isFirst: Whether it stands in the place of a subcommand.
    /// - Returns: The error, which lists the subcommands if no name is near.
    func error(for argument: String, before rest: ArraySlice<String>, isFirst: Bool) -> UsageError {
        if subcommands.contains(argument) {
            return .misplacedSubcommand(name: argument)
        }
        guard isFirst, !subcommands.isEmpty else {
            return .unexpectedArgument(argument: argument, suggestion: suggestion(for: argument))
        }
        if argument == "help", let subject = rest.first, !subject.hasPrefix("-"),
            let subcommand = Suggestion.nearest(to: subject, among: subcommands)
        {
            return .unexpectedArgument(argument: argument, suggestion: "\(subcommand) --help")
        }
        if let subcommand = Suggestion.nearest(to: argument, among: subcommands) {
            return .unexpectedArgument(argument: argument, suggestion: subcommand)
        }
        let suggestion = suggestion(for: argument)
        return suggestion == nil || argument == "help"
            ? .unknownSubcommand(argument: argument, suggestion: suggestion, subcommands: subcommands)
            : .unexpectedArgument(argument: argument, suggestion: suggestion)
    }

    /// Whether a word looks like the path of a file, without reading the disk.
    private static func isPath(_ word: some StringProtocol) -> Bool {
        word.utf8.contains { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ".") }
    }
}
