/// A type whose values can stand on the command line.
///
/// `String`, `Int`, `UInt8`, `Double`, `Bool`, `Duration` (seconds), ``EventKind``, arrays (separated by commas) and optionals of
/// these conform. An enum with raw values of type `String` that is `CaseIterable` needs no more than the conformance: its raw
/// values are the words that the option takes.
public protocol OptionValue: Sendable {
    /// The words that a value must be one of; empty if it can be anything.
    static var optionWords: [String] { get }
    /// The form of a value, as errors state it: `a whole number`; empty if that cannot be said in a few words.
    static var optionRequirement: String { get }
    /// Whether a value is a list, separated by commas.
    static var isOptionList: Bool { get }
    /// The value as it is typed.
    var optionText: String { get }

    /// Reads an argument; nil if it is not a value of this type.
    ///
    /// - Parameter optionText: The argument.
    init?(optionText: String)
}

extension OptionValue {
    /// No words: the value can be anything.
    public static var optionWords: [String] { [] }

    /// False.
    public static var isOptionList: Bool { false }

    /// One of the words, if there are any.
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

    /// Reads any text but an empty one.
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
    /// The form of a value, for errors.
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
    /// The form of a value, for errors.
    public static var optionRequirement: String { "a whole number from 0 to 255" }

    /// The number in decimal digits.
    public var optionText: String { String(self) }

    /// Reads a whole number from 0 to 255, such as an exit status.
    ///
    /// - Parameter optionText: Decimal digits.
    public init?(optionText: String) {
        self.init(optionText, radix: 10)
    }
}

extension Double: OptionValue {
    /// The form of a value, for errors.
    public static var optionRequirement: String { "a number" }

    /// The number, without a fraction if it is whole.
    public var optionText: String { Int(exactly: self).map { String($0) } ?? String(self) }

    /// Reads a finite number: `0.5`, `-3`, `1e6`.
    ///
    /// - Parameter optionText: Decimal digits, with an optional sign, fraction and exponent.
    public init?(optionText: String) {
        guard let number = Double(optionText), number.isFinite else {
            return nil
        }
        self = number
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
    /// The form of a value, for errors.
    public static var optionRequirement: String { "a number of seconds, 0 or more" }

    /// The seconds, with their fraction if there is one.
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
    /// The words of which each element must be one.
    public static var optionWords: [String] { Element.optionWords }

    /// True.
    public static var isOptionList: Bool { true }

    /// The form of each element, for errors.
    public static var optionRequirement: String { Element.optionRequirement }

    /// The elements, separated by commas.
    public var optionText: String { map { $0.optionText }.joined(separator: ",") }

    /// Reads elements separated by commas; spaces around them and superfluous commas are ignored.
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
    /// The words that the value must be one of, if there is one.
    public static var optionWords: [String] { Wrapped.optionWords }

    /// Whether the value is a list, if there is one.
    public static var isOptionList: Bool { Wrapped.isOptionList }

    /// The form of the value, for errors, if there is one.
    public static var optionRequirement: String { Wrapped.optionRequirement }

    /// The value as it is typed; empty if there is none.
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
    /// supervisord's names, which are also read in lower case.
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
