/// A task that the program carries out instead of listening, selected by its first argument: `listenerd check`.
///
/// It runs on the main thread, and the program ends when it returns.
public protocol Subcommand: SendableMetatype {
    /// The word that selects it, as the first argument.
    static var name: String { get }
    /// The task, as one line of help.
    static var summary: String { get }
    /// The rest of its own help, a paragraph each.
    static var explanation: [String] { get }
    /// The options that it takes, by their own names: `--format`.
    static var options: [any OptionDeclaration] { get }
    /// The handlers whose flags and options it takes as well.
    static var handlers: [any Handler.Type] { get }
    /// The placeholder in help for arguments that are no options, such as `FILE...`; nil if there are none.
    static var arguments: String? { get }
    /// The placeholder in help for arguments that may follow `--`; nil if none may.
    static var operands: String? { get }

    /// Carries out the task.
    ///
    /// - Parameters:
    ///   - options: The options that were given.
    ///   - output: Collects what is to be printed.
    /// - Returns: The status that the program ends with.
    /// - Throws: Anything; it is printed, and decides the status as in ``Handler/init(_:)``.
    static func run(_ options: OptionValues, _ output: inout CommandOutput) throws -> ExitStatus
}

extension Subcommand {
    /// No more than the summary.
    public static var explanation: [String] { [] }
    /// No options.
    public static var options: [any OptionDeclaration] { [] }
    /// No handlers.
    public static var handlers: [any Handler.Type] { [] }
    /// No arguments but options.
    public static var arguments: String? { nil }
    /// No operands.
    public static var operands: String? { nil }
}
