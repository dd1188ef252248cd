/// The subcommand `manual`: prints manual pages.
package enum ManualCommand: ProgramSubcommand {
    private static let list = Option<Bool>(flag: "list", help: "print the subcommands that have a page, one a line")

    /// The word that selects it.
    package static let name = "manual"
    /// The task.
    package static let summary = "print the manual page of this program or of a subcommand"
    /// The rest of its help.
    package static let explanation = ["The page is in roff, with the macros of man(7): 'man -l -' shows it."]
    /// More for its own page.
    package static var notes: ManualNotes {
        ManualNotes(
            environment: [("SOURCE_DATE_EPOCH", "The time of the page's date, in seconds since 1970; by default now.")]
        )
    }
    /// The options.
    package static var options: [any OptionDeclaration] { [list] }
    /// The placeholder for the subcommand.
    package static let arguments: String? = "SUBCOMMAND"
    /// The subcommands of the program.
    package static let argumentKind = ValueKind.subcommand

    /// Carries out the task.
    package static func run(
        _ options: OptionValues,
        _ output: inout CommandOutput,
        of program: Program
    ) throws -> ExitStatus {
        if options.arguments.count > 1 {
            throw UsageError.unexpectedArgument(argument: options.arguments[1], suggestion: nil)
        }
        guard !options[list] else {
            for subcommand in program.subcommands {
                output.print(line: subcommand.name)
            }
            return .success
        }
        let page = ManualPage(program: program, date: date(currentEnvironment()["SOURCE_DATE_EPOCH"]))
        output.print(page.text(of: try options.arguments.first.map { try subcommand($0, of: program) }).utf8)
        return .success
    }

    private static func subcommand(_ name: String, of program: Program) throws(UsageError) -> any Subcommand.Type {
        guard let subcommand = program.subcommands.first(where: { $0.name == name }) else {
            let names = program.subcommands.map { $0.name }
            throw .invalidValue(
                value: name,
                option: "SUBCOMMAND",
                requirement: "one of: \(names.joined(separator: ", "))",
                suggestion: Suggestion.nearest(to: name, among: names)
            )
        }
        return subcommand
    }

    private static func date(_ epoch: String?) -> String {
        let time = epoch.flatMap { Int($0) }.map { Timestamp(seconds: $0) } ?? .now
        return String(time.description.prefix(10))
    }
}
