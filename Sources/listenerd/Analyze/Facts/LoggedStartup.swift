import ListenerKit

/// A startup that was found in a log.
struct LoggedStartup {
    /// `--startup`.
    static let option = Option<Int?>(
        "startup",
        "n",
        help: "which startup of the log, counted from 1; by default the last"
    )

    /// What the log says of it.
    let run: StartupRun
    /// Which startup of the log it is, counted from 1.
    let number: Int
    /// How many startups the log has.
    let count: Int

    /// Reads a log.
    ///
    /// - Parameters:
    ///   - file: Its path; `-` is standard input.
    ///   - wanted: Which of its startups, counted from 1; nil for the last.
    /// - Throws: ``FileError``, ``UnreadableLog``, or ``UsageError`` if it has no such startup.
    init(_ file: String, _ wanted: Int?) throws {
        let log = try LogFile(file)
        var envelopes = LogEnvelopes()
        var runs = StartupRuns()
        var lineCount = 0
        var ownLineCount = 0
        try log.forEachLine { line in
            lineCount += 1
            if let logged = envelopes.object(in: line).flatMap({ LoggedLine($0) }) {
                ownLineCount += 1
                runs.add(logged)
            }
        }
        runs.finish()
        let all = runs.all
        guard !all.isEmpty else {
            throw UnreadableLog(name: log.name, lineCount: lineCount, ownLineCount: ownLineCount)
        }
        number = wanted ?? all.count
        count = all.count
        guard all.indices.contains(number - 1) else {
            let startups = count == 1 ? "one startup" : "\(count) startups"
            throw UsageError.other("the log has \(startups), so '--\(Self.option.name) \(number)' does not exist")
        }
        run = all[number - 1]
    }

    /// Says which startup it is if that was not asked for, and what is missing.
    func complain(to output: inout CommandOutput, wasChosen: Bool) {
        if count > 1, !wasChosen {
            output.complain(
                line:
                    "listenerd: info: this is the last of \(count) startups in the log; --\(Self.option.name) N shows another"
            )
        }
        guard run.plan == nil else {
            return
        }
        let reason = run.unreadablePlan.map { "the plan in the log cannot be read (\($0))" } ?? "the log has no plan"
        output.complain(
            line:
                "listenerd: warning: \(reason), so nothing is known of what waited for what; --ordered-startup writes it "
                + "into the log of the same listener if that has --log-format json"
        )
    }
}
