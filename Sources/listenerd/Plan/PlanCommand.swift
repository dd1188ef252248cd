import Handlers
import ListenerKit

/// `listenerd plan`: shows the order of starts.
enum PlanCommand: Subcommand {
    private static let format = Option<PlanFormat>("format", "format", help: "the output format", default: .text)

    static let name = "plan"
    static let summary = "show the order in which programs start"
    static let explanation = [
        """
        As text, prints one line for each program: its level, its name, what it waits for, and when it is ready. Programs \
        that supervisord starts itself come first, at level 0; the others follow in the order in which they start if every \
        condition is met at once; programs that never start come last.
        """,
        CompositionOptions.explanation,
        "Problems go to standard error. Exit status: 0; 65 if the configuration has an error.",
    ]
    static let options: [any OptionDeclaration] =
        [ListenerOptions.config] + CompositionOptions.all + [EnvironmentFile.option, format]

    static func run(_ options: OptionValues, _ output: inout CommandOutput) throws -> ExitStatus {
        let found = try LoadedPlan.find(options, &output)
        let loaded = try LoadedPlan(file: found.file, options, .current(environment: found.environment))
        let problems = loaded.problems
        switch options[format] {
        case .text: output.print(PlanText(loaded.plan).text)
        case .mermaid: output.print(PlanMermaid(PlanDrawing(loaded.plan)).text)
        case .dot: output.print(PlanDot(PlanDrawing(loaded.plan)).text)
        case .json: output.print(PlanJSON(loaded.plan, problems).text)
        }
        for problem in problems {
            output.complain(line: problem.printed)
        }
        return problems.exitStatus
    }
}
