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
    /// The statuses that it ends with, and what they mean: `0; 1 if …`; nil if there is nothing to say about them.
    static var exitStatus: String? { get }
    /// More for its manual page.
    static var notes: ManualNotes { get }
    /// The options that it takes, by their own names: `--format`.
    static var options: [any OptionDeclaration] { get }
    /// The handlers whose flags and options it takes as well.
    static var handlers: [any Handler.Type] { get }
    /// The placeholder in help for arguments that are no options, such as `FILE...`; nil if there are none.
    static var arguments: String? { get }
    /// What these arguments name, so that a shell can complete them.
    static var argumentKind: ValueKind { get }
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
    /// Nothing.
    public static var exitStatus: String? { nil }
    /// Nothing more.
    public static var notes: ManualNotes { ManualNotes() }
    /// No options.
    public static var options: [any OptionDeclaration] { [] }
    /// No handlers.
    public static var handlers: [any Handler.Type] { [] }
    /// No arguments but options.
    public static var arguments: String? { nil }
    /// Something that cannot be completed.
    public static var argumentKind: ValueKind { .other }
    /// No operands.
    public static var operands: String? { nil }
}
