import Testing

@testable import listenerd

/// The rules about commands.
@Suite struct CommandRuleTests {
    private static let comment = """
        3: error: w never starts: supervisord cannot split its command, because what follows ' ;' is a comment, even in \
        quotes; remove the space before it [broken-command]
        """
    private static let quotation = """
        3: error: w never starts: supervisord cannot split its command, because a quotation is not closed; add the mark, or \
        write a backslash before one that is meant literally [broken-command]
        """
    private static let backslash = """
        3: error: w never starts: supervisord cannot split its command, because it ends with a backslash; remove it \
        [broken-command]
        """

    @Test(arguments: [
        ("/bin/x -a", nil), ("sh -c 'a; b'", nil), ("sh -c \"a 'b'\"", nil), ("it\\'s", nil),
        ("", "3: error: w never starts: its command is empty [broken-command]"),
        ("sh -c 'a ; b'", comment), ("sh -c 'a #b'", comment.replacing(" ;", with: " #")),
        ("sh -c 'a", quotation), ("echo it's", quotation), ("x \\", backslash),
    ])
    func aCommandThatCannotBeSplitIsFound(command: String, finding: String?) throws {
        let checked = try CheckedConfiguration("[supervisord]\n[program:w]\ncommand=\(command)\n")
        #expect(checked.findings(of: CheckRules.commands) == (finding.map { [$0] } ?? []))
    }
}
