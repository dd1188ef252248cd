import Glibc
import ListenerKit

/// Sends mails by a command.
struct Mailer {
    let command: String

    func send(_ mail: String) throws {
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
