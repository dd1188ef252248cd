/// A type whose values can stand on the command line.
///
/// An enum of strings conforms by saying so: its raw values are the words that the option takes.
public protocol OptionValue: Sendable {
    /// The words that a value must be one of; empty where it can be anything.
    static var optionWords: [String] { get }
    /// What a value must be, as errors say it: `a whole number`; empty where that is not to be said in a few words.
    static var optionRequirement: String { get }
    /// The value as it would be typed.
    var optionText: String { get }

    /// Reads an argument.
    ///
    /// - Parameter optionText: The argument; `nil` results where it is not a value of this type.
    init?(optionText: String)
}

extension OptionValue {
    /// Anything.
    public static var optionWords: [String] { [] }

    /// One of the words, where there are any.
    public static var optionRequirement: String {
        optionWords.isEmpty ? "" : "one of: \(optionWords.joined(separator: ", "))"
    }
}

extension OptionValue where Self: CaseIterable & RawRepresentable, RawValue == String {
    /// The raw values of all cases.
    public static var optionWords: [String] { allCases.map { $0.rawValue } }

    /// The raw value.
    public var optionText: String { rawValue }

    /// Finds the case with a raw value.
    ///
    /// - Parameter optionText: The raw value.
    public init?(optionText: String) {
        self.init(rawValue: optionText)
    }
}

extension String: OptionValue {
    /// The text itself.
    public var optionText: String { self }

    /// Takes any text but the empty one.
    ///
    /// - Parameter optionText: The text.
    public init?(optionText: String) {
        guard !optionText.isEmpty else {
            return nil
        }
        self = optionText
    }
}

extension Int: OptionValue {
    /// What it reads.
    public static var optionRequirement: String { "a whole number" }

    /// The number in decimal digits.
    public var optionText: String { String(self) }

    /// Reads a whole number.
    ///
    /// - Parameter optionText: Decimal digits, with an optional sign.
    public init?(optionText: String) {
        self.init(optionText, radix: 10)
    }
}

extension UInt8: OptionValue {
    /// What it reads.
    public static var optionRequirement: String { "a whole number from 0 to 255" }

    /// The number in decimal digits.
    public var optionText: String { String(self) }

    /// Reads a whole number from 0 to 255, as an exit status is.
    ///
    /// - Parameter optionText: Decimal digits.
    public init?(optionText: String) {
        self.init(optionText, radix: 10)
    }
}

extension Bool: OptionValue {
    /// `true` or `false`.
    public var optionText: String { String(self) }

    /// Reads `true` or `false`.
    ///
    /// - Parameter optionText: The word.
    public init?(optionText: String) {
        self.init(optionText)
    }
}

extension Duration: OptionValue {
    /// What it reads.
    public static var optionRequirement: String { "a number of seconds, 0 or more" }

    /// The seconds, with a fraction where there is one.
    public var optionText: String {
        let (seconds, attoseconds) = components
        return attoseconds == 0 ? String(seconds) : String(Double(seconds) + Double(attoseconds) / 1e18)
    }

    /// Reads a number of seconds, which may have a fraction: `0.5`.
    ///
    /// - Parameter optionText: Seconds, from 0 to a hundred years.
    public init?(optionText: String) {
        guard let seconds = Double(optionText), (0...3_155_760_000).contains(seconds) else {
            return nil
        }
        self = .seconds(seconds)
    }
}

extension Array: OptionValue where Element: OptionValue {
    /// What each element must be one of.
    public static var optionWords: [String] { Element.optionWords }

    /// What each element must be.
    public static var optionRequirement: String { Element.optionRequirement }

    /// The elements, separated by commas.
    public var optionText: String { map { $0.optionText }.joined(separator: ",") }

    /// Reads elements separated by commas; spaces around them are harmless, and so are superfluous commas.
    ///
    /// - Parameter optionText: At least one element.
    public init?(optionText: String) {
        let words = optionText.split(separator: ",").map { $0.trimmingSpaces }.filter { !$0.isEmpty }
        guard !words.isEmpty else {
            return nil
        }
        self = []
        for word in words {
            guard let element = Element(optionText: word) else {
                return nil
            }
            append(element)
        }
    }
}

extension Optional: OptionValue where Wrapped: OptionValue {
    /// What the value must be one of, where there is one.
    public static var optionWords: [String] { Wrapped.optionWords }

    /// What the value must be, where there is one.
    public static var optionRequirement: String { Wrapped.optionRequirement }

    /// The value as it would be typed; empty where there is none.
    public var optionText: String { self?.optionText ?? "" }

    /// Reads the value.
    ///
    /// - Parameter optionText: The argument.
    public init?(optionText: String) {
        guard let value = Wrapped(optionText: optionText) else {
            return nil
        }
        self = value
    }
}

extension EventKind: OptionValue {
    /// supervisord's names; others are taken too, in lower case for example, but these are the ones that there are.
    public static var optionWords: [String] { allCases.map { $0.rawValue } }

    /// supervisord's name.
    public var optionText: String { rawValue }

    /// Finds the kind with a name, in upper or lower case, as supervisord does.
    ///
    /// - Parameter optionText: supervisord's name.
    public init?(optionText: String) {
        self.init(rawValue: optionText.uppercased())
    }
}

extension Substring {
    /// The text without spaces at its ends.
    var trimmingSpaces: String {
        var rest = self
        while rest.utf8.first == 0x20 {
            rest.removeFirst()
        }
        while rest.utf8.last == 0x20 {
            rest.removeLast()
        }
        return String(rest)
    }
}
