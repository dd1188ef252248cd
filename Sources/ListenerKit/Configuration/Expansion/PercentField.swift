import Glibc

/// The format of a conversion such as `%(process_num)02d`.
struct PercentField {
    var width: Int?
    var precision: Int?
    private var isLeftAligned = false
    private var isPaddedWithZeros = false
    private var showsPlus = false
    private var showsSpace = false
    private var showsBase = false

    /// No name needs to be wider than this, and a file must not be able to fill the memory.
    static let widthLimit = 10_000

    /// The letter at the end of a conversion.
    enum Conversion {
        case text, decimal, octal, lowerHexadecimal, upperHexadecimal, character
        case floating(letter: UInt8)

        init?(_ letter: UInt8) {
            switch letter {
            case UInt8(ascii: "s"), UInt8(ascii: "r"), UInt8(ascii: "a"): self = .text
            case UInt8(ascii: "d"), UInt8(ascii: "i"), UInt8(ascii: "u"): self = .decimal
            case UInt8(ascii: "o"): self = .octal
            case UInt8(ascii: "x"): self = .lowerHexadecimal
            case UInt8(ascii: "X"): self = .upperHexadecimal
            case UInt8(ascii: "c"): self = .character
            case UInt8(ascii: "e"), UInt8(ascii: "f"), UInt8(ascii: "g"), UInt8(ascii: "E"), UInt8(ascii: "F"),
                UInt8(ascii: "G"):
                self = .floating(letter: letter)
            default: return nil
            }
        }

        /// Whether it applies to every value, text or number.
        var acceptsAnything: Bool {
            if case .text = self { true } else { false }
        }
    }

    /// Sets the flag that a byte stands for.
    ///
    /// - Returns: Whether the byte is a flag.
    mutating func set(flag: UInt8) -> Bool {
        switch flag {
        case UInt8(ascii: "-"): isLeftAligned = true
        case UInt8(ascii: "0"): isPaddedWithZeros = true
        case UInt8(ascii: "+"): showsPlus = true
        case UInt8(ascii: " "): showsSpace = true
        case UInt8(ascii: "#"): showsBase = true
        default: return false
        }
        return true
    }

    /// Formats a value; nil results if Python cannot convert it in this way.
    func format(_ value: ExpansionNames.Value, as conversion: Conversion) -> String? {
        switch (value, conversion) {
        case (.text(let text), .text): padded(truncated(text))
        case (.number(let number), .text): padded(truncated(String(number)))
        case (.text(let text), .character): text.unicodeScalars.count == 1 ? padded(text) : nil
        case (.number(let number), .character):
            UInt32(exactly: number).flatMap(UnicodeScalar.init).map { padded(String($0)) }
        case (.text, _): nil
        case (.number(let number), .decimal): formatted(number, radix: 10, base: "")
        case (.number(let number), .octal): formatted(number, radix: 8, base: "0o")
        case (.number(let number), .lowerHexadecimal): formatted(number, radix: 16, base: "0x")
        case (.number(let number), .upperHexadecimal): formatted(number, radix: 16, base: "0X").asciiUppercased
        case (.number(let number), .floating(let letter)): floating(number, letter)
        }
    }

    private func formatted(_ number: Int, radix: Int, base: String) -> String {
        let digits = String(number.magnitude, radix: radix)
        let zeros = zeros(upTo: precision ?? 0, for: digits.utf8.count)
        return padded(number, zeros + digits, base: showsBase ? base : "")
    }

    /// Formats a number as C does, which Python does too.
    private func floating(_ number: Int, _ letter: UInt8) -> String {
        let format = "%\(showsBase ? "#" : "").\(precision ?? 6)\(UnicodeScalar(letter))"
        var digits = [CChar](repeating: 0, count: Self.widthLimit + 400)
        let count = withVaList([Double(number.magnitude)]) { vsnprintf(&digits, digits.count, format, $0) }
        let written = digits.prefix(min(max(0, Int(count)), digits.count - 1))
        return padded(number, String(decoding: written.map { UInt8(bitPattern: $0) }, as: UTF8.self), base: "")
    }

    private func padded(_ number: Int, _ digits: String, base: String) -> String {
        var digits = digits
        let sign = number < 0 ? "-" : showsPlus ? "+" : showsSpace ? " " : ""
        let prefix = sign + base
        if isPaddedWithZeros, !isLeftAligned {
            digits = zeros(upTo: width ?? 0, for: prefix.utf8.count + digits.utf8.count) + digits
        }
        return padded(prefix + digits)
    }

    private func zeros(upTo width: Int, for count: Int) -> String {
        String(repeating: "0", count: max(0, width - count))
    }

    private func truncated(_ text: String) -> String {
        guard let precision else {
            return text
        }
        return String(String.UnicodeScalarView(text.unicodeScalars.prefix(precision)))
    }

    private func padded(_ text: String) -> String {
        guard let width else {
            return text
        }
        let padding = String(repeating: " ", count: max(0, width - text.unicodeScalars.count))
        return isLeftAligned ? text + padding : padding + text
    }
}
