/// An option of a handler, with the type of its value; that type is optional where the option has no default.
///
/// ```swift
/// static let to = Option<String?>("to", "address", help: "where the mail goes")
/// static let limit = Option<Int>("limit", "n", help: "how many mails an hour", default: 10)
/// static var options: [any OptionDeclaration] { [to, limit] }
///
/// init(_ context: Context) throws {
///     limit = context[Self.limit]
/// }
/// ```
public struct Option<Value: OptionValue>: OptionDeclaration {
    /// The name without the handler's own.
    public let name: String
    /// What stands for the value in help and errors; `nil` for a flag.
    public let valueName: String?
    /// What the option does, in one line.
    public let help: String
    /// What the option is where it is not given.
    public let defaultValue: Value

    /// Declares an option that takes a value.
    ///
    /// - Parameters:
    ///   - name: The name without the handler's own.
    ///   - valueName: What stands for the value in help and errors.
    ///   - help: What the option does, in one line.
    ///   - defaultValue: What it is where it is not given.
    public init(_ name: String, _ valueName: String, help: String, default defaultValue: Value) {
        self.name = name
        self.valueName = valueName
        self.help = help
        self.defaultValue = defaultValue
    }

    /// How the default reads in help; `nil` where there is none.
    public var defaultText: String? {
        valueName == nil || defaultValue.optionText.isEmpty ? nil : defaultValue.optionText
    }

    /// The words that the value must be one of.
    public var allowedWords: [String] {
        Value.optionWords
    }

    /// What the value must be, as errors say it.
    public var requirement: String {
        Value.optionRequirement
    }

    /// Reads a value from the command line.
    ///
    /// - Parameter text: The argument.
    /// - Returns: The value; `nil` where the argument is none.
    public func value(from text: String) -> (any Sendable)? {
        Value(optionText: text)
    }
}

extension Option where Value: ExpressibleByNilLiteral {
    /// Declares an option that takes a value and has no default.
    ///
    /// - Parameters:
    ///   - name: The name without the handler's own.
    ///   - valueName: What stands for the value in help and errors.
    ///   - help: What the option does, in one line.
    public init(_ name: String, _ valueName: String, help: String) {
        self.init(name, valueName, help: help, default: nil)
    }
}

extension Option where Value == Bool {
    /// Declares a flag: an option that takes no value, and is off where it is not given.
    ///
    /// - Parameters:
    ///   - name: The name without the handler's own.
    ///   - help: What the flag does, in one line.
    public init(flag name: String, help: String) {
        self.name = name
        valueName = nil
        self.help = help
        defaultValue = false
    }
}
