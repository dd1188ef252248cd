/// An option of a handler, whatever the type of its value; see ``Option`` and ``RequiredOption``.
public protocol OptionDeclaration<Value>: Sendable {
    /// The type of its value.
    associatedtype Value: OptionValue

    /// The name without the handler's own: `to` makes `--crash-mail-to` of the handler `crash-mail`.
    var name: String { get }
    /// The placeholder for the value in help and errors: `address`; nil for a flag, which takes no value.
    var valueName: String? { get }
    /// What the value names, so that a shell can complete it.
    var kind: ValueKind { get }
    /// The effect of the option, in one line.
    var help: String { get }
    /// The default as help shows it; nil if there is none.
    var defaultText: String? { get }
    /// Whether the handler cannot be selected without it.
    var isRequired: Bool { get }
}

extension OptionDeclaration {
    /// Something that cannot be completed, unless its type lists its words.
    public var kind: ValueKind { .other }

    /// Whether the value is a list, separated by commas.
    var isList: Bool { Value.isOptionList }

    /// The words that the value must be one of; empty if it can be anything.
    var allowedWords: [String] { Value.optionWords }

    /// The form of the value, as errors state it: `a whole number`; empty if that cannot be said in a few words.
    var requirement: String { Value.optionRequirement }

    /// Reads a value from the command line; nil if the argument is not a value of this type.
    func value(from text: String) -> (any Sendable)? {
        Value(optionText: text)
    }
}
