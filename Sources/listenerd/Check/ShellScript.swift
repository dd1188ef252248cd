import ListenerKit

/// The text of `sh -c`, as far as rules need to understand it: simple commands, one after the other.
struct ShellScript {
    /// A simple command of the script.
    struct Command {
        /// The words without their quotes; redirections are left out.
        var words: [String] = []
        /// Whether a word depends on what the shell puts in: a variable, a pattern, the output of a command.
        var isExpanded = false
        /// Whether its input or output is redirected.
        var isRedirected = false
    }

    /// The name of the shell: `sh`, `bash`, `dash`.
    let shell: String
    /// The text.
    let text: String
    /// The commands, in their order; nil if the text is more than a list of simple commands, each after the one before.
    let commands: [Command]?

    /// Finds the script that a command runs; nil if it runs no shell with `-c`.
    ///
    /// - Parameter words: The words of the command.
    init?(_ words: [String]) {
        var rest = words[...]
        if Self.name(of: rest.first) == "env" {
            rest = rest.dropFirst().drop { $0.utf8.contains(UInt8(ascii: "=")) }
        }
        guard let shell = Self.name(of: rest.first), Self.shells.contains(shell) else {
            return nil
        }
        let options = rest.dropFirst().prefix { $0.utf8.first == UInt8(ascii: "-") && !$0.hasPrefix("--") }
        guard let last = options.last, last.utf8.last == UInt8(ascii: "c"),
            let text = rest.dropFirst(options.count + 1).first
        else {
            return nil
        }
        self.shell = shell
        self.text = text
        var parser = ShellScriptParser(text)
        commands = parser.parse()
    }

    private static let shells: Set = ["sh", "bash", "dash", "ash", "ksh", "zsh"]

    private static func name(of word: String?) -> String? {
        word.map { PathText.name(of: $0) }
    }
}
