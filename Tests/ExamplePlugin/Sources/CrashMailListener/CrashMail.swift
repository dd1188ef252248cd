import Glibc
import ListenerKit

/// Sends a mail when a program has ended unexpectedly.
struct CrashMail: ProcessStateHandler {
    static let name = "crash-mail"
    static let summary = "send a mail when a program has ended unexpectedly"
    static let events: [EventKind] = [.processStateExited]
    static var options: [any OptionDeclaration] { [to, command] }

    static let to = Option<String?>("to", "address", help: "where the mail goes")
    static let command = Option<String>(
        "command",
        "command",
        help: "what sends the mail that it reads from its standard input",
        default: "/usr/sbin/sendmail -t"
    )

    let recipient: String
    let command: String

    init(_ context: Context) throws {
        guard let recipient = context[Self.to] else {
            throw UsageError.other("Missing option '--crash-mail-to <address>'")
        }
        self.recipient = recipient
        command = context[Self.command]
    }

    func handle(_ event: ProcessStateEvent) async throws {
        guard case .exited(expected: false, let pid) = event.transition else {
            return
        }
        try send(
            """
            To: \(recipient)
            Subject: \(event.process) has ended unexpectedly

            Process \(pid) ended at \(event.header.time).

            """
        )
    }

    private func send(_ mail: String) throws {
        guard let pipe = popen(command, "w") else {
            throw SystemError("run '\(command)'")
        }
        fputs(mail, pipe)
        guard pclose(pipe) == 0 else {
            throw MailError(command: command)
        }
    }
}

struct MailError: Error, CustomStringConvertible {
    let command: String

    var description: String { "the mail was not sent: '\(command)' failed" }
}
