/// An option of a handler, whatever the type of its value; see ``Option``.
public protocol OptionDeclaration: Sendable {
    /// The name without the handler's own: `to` makes `--crash-mail-to` of the handler `crash-mail`.
    var name: String { get }
    /// What stands for the value in help and errors: `address`; `nil` for a flag, which takes no value.
    var valueName: String? { get }
    /// What the option does, in one line.
    var help: String { get }
    /// How the default reads in help; `nil` where there is none.
    var defaultText: String? { get }
    /// The words that the value must be one of; empty where it can be anything.
    var allowedWords: [String] { get }
    /// What the value must be, as errors say it: `a whole number`; empty where that is not to be said in a few words.
    var requirement: String { get }

    /// Reads a value from the command line.
    ///
    /// - Parameter text: The argument.
    /// - Returns: The value; `nil` where the argument is none.
    func value(from text: String) -> (any Sendable)?
}
