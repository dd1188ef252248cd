import ListenerKit

/// `MyListener test-mail`: sends one mail, to see whether mails arrive.
enum TestMail: Subcommand {
    static let name = "test-mail"
    static let summary = "send a mail, to see whether mails arrive"
    static var options: [any OptionDeclaration] { [CrashMail.to, CrashMail.command] }

    static func run(_ options: OptionValues, _ output: inout CommandOutput) throws -> ExitStatus {
        let recipient = try options[CrashMail.to]
        try Mailer(command: options[CrashMail.command]).send("To: \(recipient)\nSubject: a test\n\n")
        output.print(line: "sent a mail to \(recipient)")
        return .success
    }
}
