/// Something that the program does besides listening: `listenerd check`.
package protocol Subcommand: SendableMetatype {
    /// The word that selects it, as the first argument.
    static var name: String { get }
    /// What it does, as one line of help.
    static var summary: String { get }
    /// What else its own help says, a paragraph each.
    static var explanation: [String] { get }
    /// The options that it takes.
    static var options: [any OptionDeclaration] { get }
    /// The handlers whose flags and options it takes as well.
    static var handlers: [any Handler.Type] { get }
    /// What may follow `--`, as help calls it; nil where nothing may.
    static var operands: String? { get }

    /// Does it.
    ///
    /// - Parameters:
    ///   - options: The options that were given.
    ///   - output: Takes what is to be printed.
    /// - Returns: The status that the program ends with.
    /// - Throws: Anything; it is printed, and decides about the status.
    static func run(_ options: OptionValues, _ output: inout CommandOutput) throws -> ExitStatus
}

extension Subcommand {
    /// None.
    package static var handlers: [any Handler.Type] { [] }
    /// Nothing.
    package static var operands: String? { nil }
}
