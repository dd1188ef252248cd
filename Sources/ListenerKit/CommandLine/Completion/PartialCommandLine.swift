/// The words of a command line before the one that is being typed.
///
/// What is wrong with them does not matter here: the program says so when the line is carried out.
struct PartialCommandLine {
    /// The options and flags that exist.
    let parser: OptionParser
    /// The options that have been given, with their values, and the arguments.
    private(set) var values = OptionValues()
    /// The option whose value comes next; nil if none does.
    private(set) var unfinished: CommandLineOption?
    /// Whether `--` has been typed.
    private(set) var isBehindDashes = false
    /// The number of words.
    let words: Int

    /// Reads words.
    ///
    /// - Parameters:
    ///   - parser: The options and flags that exist.
    ///   - words: The words.
    init(_ parser: OptionParser, _ words: ArraySlice<String>) {
        self.parser = parser
        self.words = words.count
        for word in words {
            read(word)
        }
    }

    /// Returns the option whose value has been begun in the same word, `--format=j`.
    ///
    /// - Parameter word: The word.
    /// - Returns: The option, and the part of the word before the value; nil if there is none.
    func attached(_ word: String) -> (option: CommandLineOption, start: String)? {
        if word.hasPrefix("-c") {
            return option("--config").map { ($0, "-c") }
        }
        guard let equals = word.firstIndex(of: "=") else {
            return nil
        }
        let option = option(String(word[..<equals]))
        return option.flatMap { $0.declaration.valueName == nil ? nil : ($0, String(word[...equals])) }
    }

    private mutating func read(_ word: String) {
        if let option = unfinished, !word.hasPrefix("--") {
            unfinished = nil
            set(option, word)
        } else if isBehindDashes || !word.hasPrefix("-") || word == "-" {
            values.arguments.append(word)
        } else if word == "--" {
            unfinished = nil
            isBehindDashes = true
        } else if let (option, start) = attached(word), word != "-c" {
            set(option, String(word.dropFirst(start.count)))
        } else {
            values.given.append((word, word))
            unfinished = option(word == "-c" ? "--config" : word).flatMap { $0.declaration.valueName == nil ? nil : $0 }
        }
    }

    private mutating func set(_ option: CommandLineOption, _ text: String) {
        values.given.append((option.name, text))
        values.values[option.name] = option.declaration.value(from: text)
    }

    private func option(_ name: String) -> CommandLineOption? {
        parser.options.first { $0.name == name }
    }
}
