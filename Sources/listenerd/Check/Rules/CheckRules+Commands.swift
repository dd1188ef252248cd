import ListenerKit

extension CheckRules {
    /// The rules about commands.
    static let commands = [brokenCommand]

    private static let brokenCommand = CheckRule(
        "broken-command",
        .error,
        "a command that supervisord cannot split into words",
        reason: "The program never starts: supervisord notices it only when it is to start the program."
    ) { checked, findings in
        for program in checked.allPrograms {
            guard let command = program.command else {
                continue
            }
            if command.text.strippedAsPython.isEmpty {
                findings.add(command.location, "\(program.name) never starts: its command is empty")
            } else if shellWords(command.text) == nil {
                let reason = reasonForNoWords(command, checked.sources[command.location] ?? "")
                findings.add(
                    command.location,
                    "\(program.name) never starts: supervisord cannot split its command, because \(reason)"
                )
            }
        }
    }

    private static func reasonForNoWords(_ command: ConfigurationValue, _ line: String) -> String {
        for sign in [";", "#"] where Array(line.utf8)[...].firstOccurrence(of: " \(sign)".utf8) != nil {
            return "what follows ' \(sign)' is a comment, even in quotes; remove the space before it"
        }
        return command.text.utf8.last == UInt8(ascii: "\\")
            ? "it ends with a backslash; remove it"
            : "a quotation is not closed; add the mark, or write a backslash before one that is meant literally"
    }
}
