/// The command of an event listener that runs a certain program, by itself or through `env`.
package struct ProgramCommand {
    /// The arguments after the program.
    package let arguments: [String]
    /// The location of the command.
    package let location: ConfigurationLocation

    /// Splits a command; nil if it runs another program, or cannot be split.
    ///
    /// - Parameters:
    ///   - command: The command.
    ///   - program: The name of the program's file; this very file counts by any name.
    package init?(_ command: ConfigurationValue?, of program: String) {
        guard let command, let words = shellWords(command.text) else {
            return nil
        }
        self.init(words: words, at: command.location, of: program)
    }

    /// Examines the words of a command; nil results if it runs another program.
    package init?(words: [String], at location: ConfigurationLocation, of program: String) {
        var words = words[...]
        if Self.name(of: words) == "env" {
            // It runs what follows the variables that it sets.
            words = words.dropFirst().drop { $0.utf8.contains(UInt8(ascii: "=")) }
        }
        guard Self.name(of: words) == program[...] || words.first == executablePath() else {
            return nil
        }
        arguments = Array(words.dropFirst())
        self.location = location
    }

    private static func name(of words: ArraySlice<String>) -> Substring? {
        words.first?.split(separator: "/").last
    }
}
