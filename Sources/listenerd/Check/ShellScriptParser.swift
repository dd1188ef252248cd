/// Splits the text of a shell script into its simple commands.
struct ShellScriptParser {
    private var rest: Substring.UnicodeScalarView
    private var commands: [ShellScript.Command] = []
    private var command = ShellScript.Command()
    private var word: String?
    /// Whether the next word is the target of a redirection.
    private var isTarget = false

    /// Prepares the parsing of a script.
    init(_ text: String) {
        rest = text.unicodeScalars[...]
    }

    /// Returns the commands; nil if there is anything but simple commands that are separated by `;`, `&&` or line breaks.
    mutating func parse() -> [ShellScript.Command]? {
        while let scalar = rest.popFirst() {
            switch scalar {
            case "'":
                guard readQuotation("'") else {
                    return nil
                }
            case "\"":
                guard readQuotation("\"") else {
                    return nil
                }
            case "\\":
                word = (word ?? "") + (rest.popFirst().map { String($0) } ?? "")
            case " ", "\t":
                finishWord()
            case ";", "\n":
                finishCommand()
            case "&":
                guard readAmpersand() else {
                    return nil
                }
            case "<", ">":
                // A digit before it is the descriptor.
                word = word?.allSatisfy { $0.isNumber } == true ? nil : word
                finishWord()
                isTarget = true
                command.isRedirected = true
                rest = rest.drop { $0 == ">" || $0 == "<" || $0 == "&" }
            case "|", "(", ")", "`", "{", "}":
                return nil
            default:
                append(scalar)
            }
        }
        finishCommand()
        return commands
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        command.isExpanded = command.isExpanded || "$*?[".unicodeScalars.contains(scalar)
        word = (word ?? "") + String(scalar)
    }

    /// Reads up to the closing mark; false if there is none.
    private mutating func readQuotation(_ mark: Unicode.Scalar) -> Bool {
        word = word ?? ""
        while let scalar = rest.popFirst() {
            if scalar == mark {
                return true
            }
            if mark == "\"", scalar == "\\", let next = rest.popFirst() {
                word?.unicodeScalars.append(next)
                continue
            }
            command.isExpanded = command.isExpanded || mark == "\"" && (scalar == "$" || scalar == "`")
            word?.unicodeScalars.append(scalar)
        }
        return false
    }

    /// Reads `&&`; false if it is a single one, which starts something in the background.
    private mutating func readAmpersand() -> Bool {
        if rest.first == "&" {
            rest.removeFirst()
            finishCommand()
            return true
        }
        return false
    }

    private mutating func finishWord() {
        if let word, !isTarget {
            command.words.append(word)
        }
        isTarget = isTarget && word == nil
        word = nil
    }

    private mutating func finishCommand() {
        finishWord()
        isTarget = false
        if !command.words.isEmpty {
            commands.append(command)
        }
        command = ShellScript.Command()
    }
}
