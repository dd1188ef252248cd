import Handlers
import ListenerKit

/// `listenerd replay`: has handlers decide once more what a log tells, and shows whether they decide the same.
enum ReplayCommand: Subcommand {
    private static let orderedStartup = Option<Bool>(flag: StartupReplay.handler, help: "replay ordered startup")
    private static let fatalExit = Option<Bool>(flag: FatalExitReplay.handler, help: "replay fatal exit")

    static let name = "replay"
    static let summary = "play the events of a JSON log to handlers, without supervisord"
    static let explanation = [
        """
        FILE is a log that --log wrote with --log-format json beside these handlers; '-' is standard input. The handlers get the \
        same events, snapshots, answers and alarms at the same times, with the options and the configuration that they had; \
        nothing is started or stopped.
        """,
        """
        Prints what they decide, after which input: '  ' stands before a decision that is as it was, '-' before one that was \
        made then and is not now, '+' before a new one. Without a handler, all are replayed that the log has.
        """,
    ]
    static let exitStatus: String? = "0 if all decisions are the same; 1 if not; 65 if the log cannot be replayed."
    static let notes = ManualNotes(
        examples: [("See whether it would decide the same again:", "listenerd replay --ordered-startup events.json")]
    )
    static let options: [any OptionDeclaration] = [orderedStartup, fatalExit]
    static let arguments: String? = "FILE"
    static let argumentKind = ValueKind.file

    static func run(_ options: OptionValues, _ output: inout CommandOutput) throws -> ExitStatus {
        guard let file = options.arguments.first else {
            throw UsageError.missingOption(option: "FILE")
        }
        if options.arguments.count > 1 {
            throw UsageError.unexpectedArgument(argument: options.arguments[1], suggestion: nil)
        }
        let log = try RecordedLog(file)
        let chosen = [(orderedStartup, StartupReplay.handler), (fatalExit, FatalExitReplay.handler)]
            .filter { options[$0.0] }.map { $0.1 }
        for handler in chosen where !log.handlers.contains(handler) {
            throw UnreplayableLog(name: log.name, reason: "it has no record of --\(handler)")
        }
        if log.beginsWithinRun {
            let reason = "lacks the beginning of a run, which cannot be replayed; was it rotated?"
            output.complain(line: "listenerd: warning: '\(log.name)' \(reason)")
        }
        var isSame = true
        for (index, life) in log.lives.enumerated() {
            for handler in chosen.isEmpty ? log.handlers : chosen {
                guard let run = try run(of: handler, in: life, log) else {
                    continue
                }
                let report = ReplayReport(run, of: handler, life, number: index + 1, of: log.lives.count)
                output.print(report.text)
                isSame = isSame && report.differenceCount == 0
            }
        }
        return isSame ? .success : .incomplete
    }

    private static func run(
        of handler: String,
        in life: RecordedLife,
        _ log: RecordedLog
    ) throws(UnreplayableLog) -> ReplayRun? {
        guard let record = life.records[handler] else {
            return nil
        }
        do throws(MalformedRecord) {
            switch handler {
            case StartupReplay.handler: return try run(StartupReplay.self, record, life)
            case FatalExitReplay.handler: return try run(FatalExitReplay.self, record, life)
            default: return nil
            }
        } catch {
            throw UnreplayableLog(name: log.name, reason: error.reason)
        }
    }

    private static func run(
        _ type: (some HandlerReplay).Type,
        _ record: RecordedLife.Record,
        _ life: RecordedLife
    ) throws(MalformedRecord) -> ReplayRun {
        try ReplayRun(
            of: type,
            record.beginning,
            record.entries,
            events: life.events,
            snapshots: life.snapshots
        )
    }
}
