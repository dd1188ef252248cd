/// The source of a manual page, in roff with the macros of man(7).
struct ManualText {
    /// The text, with a newline at its end.
    private(set) var text = ""

    private static let width = 78

    /// Returns text in which no character has a meaning for roff, and each is shown as it is.
    ///
    /// - Parameter text: The text, in one line.
    /// - Returns: The text in ASCII.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\e"
            case "-": result += "\\-"
            case "'": result += "\\(aq"
            case "\"": result += "\\(dq"
            case "^": result += "\\(ha"
            case "~": result += "\\(ti"
            case "`": result += "\\(ga"
            case _ where scalar.isASCII: result.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                result += "\\[u\(String(repeating: "0", count: max(0, 4 - digits.utf8.count)))\(digits)]"
            }
        }
        return result
    }

    /// Returns escaped text in bold.
    static func bold(_ text: String) -> String { "\\fB\(escaped(text))\\fR" }

    /// Returns escaped text in italics.
    static func italic(_ text: String) -> String { "\\fI\(escaped(text))\\fR" }

    /// Adds the title line.
    ///
    /// - Parameters:
    ///   - page: The name of the page.
    ///   - date: The date, such as `2026-11-21`.
    ///   - source: The program, with its version.
    mutating func addTitle(_ page: String, _ date: String, _ source: String) {
        let words = [Self.escaped(page.uppercased()), "1", date, Self.escaped(source), "User Commands"]
        add(line: ".TH " + words.map { "\"\($0)\"" }.joined(separator: " "))
        // Names of commands are neither divided nor stretched.
        add(line: ".nh\n.ad l")
    }

    /// Begins a section.
    mutating func addSection(_ title: String) {
        add(line: ".SH \(title)")
    }

    /// Begins a part of a section.
    mutating func addSubsection(_ title: String) {
        add(line: ".SS \"\(Self.escaped(title))\"")
    }

    /// Adds paragraphs.
    mutating func add(paragraphs: [String]) {
        for (index, paragraph) in paragraphs.enumerated() {
            if index > 0 {
                add(line: ".PP")
            }
            add(words: paragraph)
        }
    }

    /// Adds a name on the left, already escaped, and its explanation on the right.
    mutating func add(item: String, _ explanation: String) {
        add(line: ".TP\n\(item)")
        add(words: explanation)
    }

    /// Adds lines that are shown as they are.
    mutating func add(example lines: [String]) {
        add(line: ".PP\n.RS 4\n.nf")
        for line in lines {
            add(line: Self.guarded(Self.escaped(line)))
        }
        add(line: ".fi\n.RE")
    }

    /// Adds words that the reader's terminal fills; here each sentence begins a line, and no line is long.
    private mutating func add(words: String) {
        var line = ""
        for word in words.split(separator: " ") {
            let escaped = Self.escaped(String(word))
            if line.hasSuffix(".") || line.utf8.count + 1 + escaped.utf8.count > Self.width {
                add(line: Self.guarded(line))
                line = escaped
            } else {
                line += line.isEmpty ? escaped : " \(escaped)"
            }
        }
        add(line: Self.guarded(line))
    }

    /// Returns a line that is no request, even if it begins with a dot.
    private static func guarded(_ line: String) -> String {
        line.hasPrefix(".") ? "\\&\(line)" : line
    }

    /// Adds a line of roff.
    mutating func add(line: String) {
        text += line
        text += "\n"
    }
}
