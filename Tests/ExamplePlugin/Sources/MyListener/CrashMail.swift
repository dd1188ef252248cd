import ListenerKit

/// Sends a mail when a program has exited unexpectedly.
struct CrashMail: ProcessStateHandler {
    static let name = "crash-mail"
    static let summary = "send a mail when a program has exited unexpectedly"
    static let events: [EventKind] = [.processStateExited]
    static var options: [any OptionDeclaration] { [to, command] }

    static let to = RequiredOption<String>("to", "address", help: "where the mail goes")
    static let command = Option<String>(
        "command",
        "command",
        .command,
        help: "the command that sends the mail on its standard input",
        default: "/usr/sbin/sendmail -t"
    )

    let recipient: String
    let mailer: Mailer

    init(_ context: Context) throws {
        recipient = try context[Self.to]
        mailer = Mailer(command: context[Self.command])
    }

    func handle(_ event: ProcessStateEvent) async throws {
        guard case .exited(expected: false, let pid) = event.transition else {
            return
        }
        try mailer.send(
            """
            To: \(recipient)
            Subject: \(event.process) has exited unexpectedly

            Process \(pid) exited at \(event.header.time).

            """
        )
    }
}
