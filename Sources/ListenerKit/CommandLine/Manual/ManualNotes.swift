/// The parts of a subcommand's manual page that its options do not tell.
///
/// ```swift
/// static let notes = ManualNotes(
///     environment: [("SENDMAIL", "The program that sends the mail.")],
///     examples: [("See whether mails arrive:", "MyListener test-mail --to=root")]
/// )
/// ```
public struct ManualNotes: Sendable {
    /// A name, or words that introduce an example, and the text about it.
    public typealias Note = (String, String)

    /// Environment variables, each with a sentence about its use.
    let environment: [Note]
    /// Files, each with a sentence about its use.
    let files: [Note]
    /// Commands, each after the words that introduce it.
    let examples: [Note]

    /// Collects what a manual page says beside the options.
    ///
    /// - Parameters:
    ///   - environment: Environment variables, each with a sentence about its use.
    ///   - files: Files, each with a sentence about its use.
    ///   - examples: Commands, each after the words that introduce it.
    public init(environment: [Note] = [], files: [Note] = [], examples: [Note] = []) {
        self.environment = environment
        self.files = files
        self.examples = examples
    }
}
