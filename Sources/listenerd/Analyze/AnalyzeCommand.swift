import ListenerKit

/// `listenerd analyze`: shows where the time of a startup went.
enum AnalyzeCommand: Subcommand {
    private static let format = Option<AnalyzeFormat>("format", "format", help: "the output format", default: .text)
    private static let without = Option<[DependencyName]?>(
        "without",
        "list",
        help: "show what the startup would have been without these dependencies: 'PARENT->CHILD,...'"
    )
    private static let ready = Option<[ProgramDuration]?>(
        "ready",
        "list",
        help:
            "show what the startup would have been if these were where they should be so soon after their start: NAME=SECONDS,..."
    )

    static let name = "analyze"
    static let summary = "show where the time of a startup went, from a log"
    static let explanation = [
        """
        FILE is a log that --log wrote with --log-format json, in the listener that has --ordered-startup, as it is or as a \
        container runtime has kept it; '-' is standard input. Lines of others are skipped.
        """,
        """
        As text, prints a bar for each process, the chain of processes that took longest, and a table, the longest first: how \
        long each waited for others, how long it was STARTING, and how long it was RUNNING until its gates passed.
        """,
    ]
    static let exitStatus: String? = "0; 65 if the log cannot be read, or there is no startup in it."
    static let notes = ManualNotes(
        environment: [("COLUMNS", "The width of the text."), ("NO_COLOR", "If it is set, the text has no color.")],
        examples: [
            ("Draw the last startup:", "listenerd analyze --format svg events.json > startup.svg"),
            ("See what a faster database would change:", "listenerd analyze --ready db=2 events.json"),
        ]
    )
    static let options: [any OptionDeclaration] = [format, LoggedStartup.option, without, ready]
    static let arguments: String? = "FILE"
    static let argumentKind = ValueKind.file

    static func run(_ options: OptionValues, _ output: inout CommandOutput) throws -> ExitStatus {
        guard let file = options.arguments.first else {
            throw UsageError.missingOption(option: "FILE")
        }
        if options.arguments.count > 1 {
            throw UsageError.unexpectedArgument(argument: options.arguments[1], suggestion: nil)
        }
        let logged = try LoggedStartup(file, options[LoggedStartup.option])
        let measured = MeasuredStartup(logged.run)
        let (removed, durations) = (options[without] ?? [], options[ready] ?? [])
        if !removed.isEmpty, logged.run.plan == nil {
            throw UsageError.other(
                "'--\(without.name)' needs a log with the plan, which --ordered-startup writes into it"
            )
        }
        let forecast = try StartupForecast(measured, without: removed, durations: durations)
        let timeline = StartupTimeline(forecast.startup)
        logged.complain(to: &output, wasChosen: options[LoggedStartup.option] != nil)
        switch options[format] {
        case .text:
            let isForecast = !removed.isEmpty || !durations.isEmpty
            let report = TimelineReport(
                timeline,
                beginning: logged.run.beginning,
                insteadOf: isForecast ? measured.total : nil,
                TextStyle.current()
            )
            output.print(report.text)
        case .svg:
            output.print(StartupPicture(timeline).svg)
        }
        return .success
    }
}
