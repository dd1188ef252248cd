import Handlers
import ListenerKit

/// `listenerd plan`: shows the order of starts, or of the stop.
enum PlanCommand: Subcommand {
    private static let format = Option<PlanFormat>("format", "format", help: "the output format", default: .text)

    private static let stop = Option<Bool>(
        flag: "stop",
        help: "show the waves in which programs stop, and the longest time that each may take"
    )

    private static let log = Option<String?>(
        "log",
        "file",
        .file,
        help: "a log with --log-format json: show the expected order and the one in which programs really started"
    )

    static let name = "plan"
    static let summary = "show the order in which programs start, or stop"
    static let explanation = [
        """
        As text, prints one line for each program: its level, its name, what it waits for, and when it is ready. Programs \
        that supervisord starts itself come first, at level 0; the others follow in the order in which they start if every \
        condition is met at once; programs that never start come last.
        """,
        """
        With --log, prints both orders side by side, with the times of the starts: '-' stands where a program was expected and \
        did not start, '+' where it did instead, or although it was not expected.
        """,
        """
        With --stop, prints the order in which 'supervise --ordered-startup' stops programs: one line for each, with its wave, the \
        longest time that it may take (stopwaitsecs), and a bar for the time in which it then stops. '*' marks the longest chain, \
        whose programs stop one after the other: only a smaller stopwaitsecs of one of these makes the stop shorter. The last \
        lines compare the stop with that of supervisord alone, which stops one group after the other.
        """,
        CompositionOptions.explanation,
        "Problems go to standard error.",
    ]
    static let exitStatus: String? = "0; 65 if the configuration has an error."
    static let notes = ManualNotes(
        environment: CompositionOptions.environment,
        files: CompositionOptions.files,
        examples: [("Draw the order with Graphviz:", "listenerd plan --format dot | dot -Tsvg > plan.svg")]
    )
    static let options: [any OptionDeclaration] =
        [ListenerOptions.config] + CompositionOptions.all + [
            EnvironmentFile.option, format, stop, log, LoggedStartup.option,
        ]

    static func run(_ options: OptionValues, _ output: inout CommandOutput) throws -> ExitStatus {
        if options[stop], options[log] != nil {
            throw UsageError.other("'--\(stop.name)' cannot be combined with '--\(log.name)'")
        }
        let found = try LoadedPlan.find(options, &output)
        let loaded = try LoadedPlan(file: found.file, options, .current(environment: found.environment))
        let problems = loaded.problems
        if let file = options[log] {
            guard options[format] == .text else {
                throw UsageError.other("'--\(log.name)' cannot be combined with another '--\(format.name)' than text")
            }
            let logged = try LoggedStartup(file, options[LoggedStartup.option])
            logged.complain(to: &output, wasChosen: options[LoggedStartup.option] != nil)
            output.print(PlanComparison(loaded.plan, logged.run).text)
        } else if options[stop] {
            show(PlannedStop(loaded.plan, loaded.configuration), options[format], &output)
        } else {
            show(loaded.plan, problems, options[format], &output)
        }
        for problem in problems {
            output.complain(line: problem.printed)
        }
        return problems.exitStatus
    }

    private static func show(
        _ plan: StartupPlan,
        _ problems: [ConfigurationProblem],
        _ format: PlanFormat,
        _ output: inout CommandOutput
    ) {
        switch format {
        case .text: output.print(PlanText(plan).text)
        case .mermaid: output.print(PlanMermaid(PlanDrawing(plan)).text)
        case .dot: output.print(PlanDot(PlanDrawing(plan)).text)
        case .json: output.print(PlanJSON(plan, problems).text)
        }
    }

    private static func show(_ stop: PlannedStop, _ format: PlanFormat, _ output: inout CommandOutput) {
        switch format {
        case .text: output.print(StopText(stop, .current()).text)
        case .mermaid: output.print(PlanMermaid(PlanDrawing(stop)).text)
        case .dot: output.print(PlanDot(PlanDrawing(stop)).text)
        case .json: output.print(StopJSON(stop).text)
        }
    }
}
