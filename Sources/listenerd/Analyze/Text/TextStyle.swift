import ListenerKit

/// What a terminal, or whatever else reads text, can show.
struct TextStyle {
    /// How many columns there are.
    let columns: Int
    /// Whether text may be in color.
    let hasColor: Bool
    /// Whether characters beyond ASCII are understood.
    let isUnicode: Bool

    /// A color, or another property of characters, by its number in an escape sequence.
    enum Attribute: Int {
        case bold = 1
        case dim = 2
        case red = 31
        case green = 32
        case yellow = 33
        case blue = 34
        case cyan = 36
    }

    /// Returns what standard output can show.
    static func current(_ environment: [String: String] = currentEnvironment()) -> TextStyle {
        let isTerminal = Terminal.canReplaceLines(1)
        let columns = environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        let charset = locale.lowercased()
        return TextStyle(
            columns: min(columns ?? Terminal.size(1).columns, 1000),
            hasColor: isTerminal && (environment["NO_COLOR"] ?? "").isEmpty,
            isUnicode: charset.hasSuffix("utf-8") || charset.hasSuffix("utf8")
        )
    }

    /// Returns text with an attribute, if there is color.
    func text(_ text: String, _ attribute: Attribute) -> String {
        hasColor ? "\u{1B}[\(attribute.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// Returns text in a number of columns, one for each Unicode scalar: shortened, or with spaces behind it.
    func fit(_ text: String, _ columns: Int) -> String {
        let scalars = text.unicodeScalars
        guard scalars.count > columns else {
            return text + String(repeating: " ", count: columns - scalars.count)
        }
        let mark = isUnicode ? "…" : "~"
        return String(String.UnicodeScalarView(scalars.prefix(max(0, columns - 1)))) + mark
    }
}

extension Double {
    /// The seconds with two decimals: `12.34`.
    var secondsText: String {
        let hundredths = Int((Swift.max(0, Swift.min(self, 1e12)) * 100).rounded())
        let fraction = hundredths % 100
        return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
    }
}
