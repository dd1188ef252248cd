/// An option of a handler, with the type of its value; that type is optional if the option has no default.
///
/// ```swift
/// static let from = Option<String?>("from", "address", help: "the sender")
/// static let limit = Option<Int>("limit", "n", help: "how many mails an hour", default: 10)
/// static let urgent = Option<Bool>(flag: "urgent", help: "mark mails as urgent")
/// static var options: [any OptionDeclaration] { [from, limit, urgent] }
///
/// init(_ context: Context) {
///     limit = context[Self.limit]
/// }
/// ```
///
/// An option without which a handler is of no use is a ``RequiredOption``.
public struct Option<Value: OptionValue>: OptionDeclaration {
    /// The name without the handler's own.
    public let name: String
    /// The placeholder for the value in help and errors; nil for a flag.
    public let valueName: String?
    /// What the value names, so that a shell can complete it.
    public let kind: ValueKind
    /// The effect of the option, in one line.
    public let help: String
    /// The value if the option is not given.
    public let defaultValue: Value

    /// Declares an option that takes a value.
    ///
    /// - Parameters:
    ///   - name: The name without the handler's own.
    ///   - valueName: The placeholder for the value in help and errors.
    ///   - kind: What the value names, so that a shell can complete it.
    ///   - help: What the option does, in one line.
    ///   - defaultValue: The value if the option is not given.
    public init(
        _ name: String,
        _ valueName: String,
        _ kind: ValueKind = .other,
        help: String,
        default defaultValue: Value
    ) {
        self.name = name
        self.valueName = valueName
        self.kind = kind
        self.help = help
        self.defaultValue = defaultValue
    }

    /// The default as help shows it; nil if there is none.
    public var defaultText: String? {
        valueName == nil || defaultValue.optionText.isEmpty ? nil : defaultValue.optionText
    }

    /// False: there is a default.
    public var isRequired: Bool { false }
}

extension Option where Value: ExpressibleByNilLiteral {
    /// Declares an option that takes a value and has no default.
    ///
    /// - Parameters:
    ///   - name: The name without the handler's own.
    ///   - valueName: The placeholder for the value in help and errors.
    ///   - kind: What the value names, so that a shell can complete it.
    ///   - help: What the option does, in one line.
    public init(_ name: String, _ valueName: String, _ kind: ValueKind = .other, help: String) {
        self.init(name, valueName, kind, help: help, default: nil)
    }
}

extension Option where Value == Bool {
    /// Declares a flag: an option that takes no value, and is off if it is not given.
    ///
    /// - Parameters:
    ///   - name: The name without the handler's own.
    ///   - help: What the flag does, in one line.
    public init(flag name: String, help: String) {
        self.name = name
        valueName = nil
        kind = .other
        self.help = help
        defaultValue = false
    }
}
