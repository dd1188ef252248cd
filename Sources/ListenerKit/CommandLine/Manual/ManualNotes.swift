/// The parts of a subcommand's manual page that its options do not tell.
///
/// ```swift
/// static let notes = ManualNotes(
///     environment: ["SENDMAIL": "The program that sends the mail."],
///     examples: ["See whether mails arrive:": "MyListener test-mail --to=root"]
/// )
/// ```
public struct ManualNotes: Sendable {
    /// Environment variables, each with a sentence about its use.
    let environment: KeyValuePairs<String, String>
    /// Files, each with a sentence about its use.
    let files: KeyValuePairs<String, String>
    /// Commands, each after the words that introduce it.
    let examples: KeyValuePairs<String, String>

    /// Makes notes.
    ///
    /// - Parameters:
    ///   - environment: Environment variables, each with a sentence about its use.
    ///   - files: Files, each with a sentence about its use.
    ///   - examples: Commands, each after the words that introduce it.
    public init(
        environment: KeyValuePairs<String, String> = [:],
        files: KeyValuePairs<String, String> = [:],
        examples: KeyValuePairs<String, String> = [:]
    ) {
        self.environment = environment
        self.files = files
        self.examples = examples
    }
}
