/// The subcommand `completion`: has a shell complete the program's command lines.
package enum CompletionCommand: ProgramSubcommand {
    /// The word that selects it.
    package static let name = "completion"
    /// The task.
    package static let summary = "print a script with which a shell completes this program's command lines"
    /// The rest of its help.
    package static let explanation = [
        """
        SHELL is bash, zsh or fish. The script asks the program itself, by words after '--', and so completes the options of \
        every handler and subcommand, and the names in the configuration at hand.
        """,
        """
        In bash, 'source <(PROGRAM completion bash)' reads it; in zsh it belongs into a file _PROGRAM in a directory of $fpath, in \
        fish into ~/.config/fish/completions/PROGRAM.fish.
        """,
    ]
    /// The placeholder for the shell.
    package static let arguments: String? = "SHELL"
    /// The shells.
    package static let argumentKind = ValueKind.oneOf { _, _ in Shell.allCases.map { $0.rawValue } }
    /// The placeholder for the words of a line.
    package static let operands: String? = "WORD..."

    /// Carries out the task.
    package static func run(
        _ options: OptionValues,
        _ output: inout CommandOutput,
        of program: Program
    ) throws -> ExitStatus {
        guard let name = options.arguments.first else {
            throw UsageError.missingOption(option: "SHELL")
        }
        if options.arguments.count > 1 {
            throw UsageError.unexpectedArgument(argument: options.arguments[1], suggestion: nil)
        }
        guard let shell = Shell(rawValue: name) else {
            let names = Shell.allCases.map { $0.rawValue }
            throw UsageError.invalidValue(
                value: name,
                option: "SHELL",
                requirement: "one of: \(names.joined(separator: ", "))",
                suggestion: Suggestion.nearest(to: name, among: names)
            )
        }
        if options.operands.isEmpty {
            output.print(shell.script(for: program.name).utf8)
        } else {
            for line in shell.answer(options.operands, CommandLineCompleter(program: program)) {
                output.print(line: line)
            }
        }
        return .success
    }
}
