/// An option that must be given whenever its handler is selected.
///
/// ```swift
/// static let to = RequiredOption<String>("to", "address", help: "where the mail goes")
/// static var options: [any OptionDeclaration] { [to] }
///
/// init(_ context: Context) throws {
///     recipient = try context[Self.to]
/// }
/// ```
///
/// If it is missing, the program ends with a usage error before any handler is made.
public struct RequiredOption<Value: OptionValue>: OptionDeclaration {
    /// The name without the handler's own.
    public let name: String
    /// The placeholder for the value in help and errors.
    public let valueName: String?
    /// What the value names, so that a shell can complete it.
    public let kind: ValueKind
    /// The effect of the option, in one line.
    public let help: String

    /// Declares an option that takes a value and must be given.
    ///
    /// - Parameters:
    ///   - name: The name without the handler's own.
    ///   - valueName: The placeholder for the value in help and errors.
    ///   - kind: What the value names, so that a shell can complete it.
    ///   - help: What the option does, in one line.
    public init(_ name: String, _ valueName: String, _ kind: ValueKind = .other, help: String) {
        self.name = name
        self.valueName = valueName
        self.kind = kind
        self.help = help
    }

    /// Nil: there is no default.
    public var defaultText: String? { nil }

    /// True.
    public var isRequired: Bool { true }
}
