import ListenerKit

/// `listenerd status`: shows which processes are running, and which are waiting for what.
enum StatusCommand: Subcommand {
    private static let quiet = Option<Bool>(flag: "quiet", help: "print nothing; only set the exit status")
    private static let format = Option<StatusFormat>("format", "format", help: "the output format", default: .text)
    private static let watch = Option<Bool>(
        flag: "watch",
        help: "show changes as they happen, until everything is up; on a terminal, the key q ends it"
    )

    static let name = "status"
    static let summary = "show what is running, what is waiting, and for what; exit with 0 once everything is up"
    static let explanation = [
        """
        Prints one line for each process: its name, its state, for how long, and a remark. A program with ready= is up \
        once it is ready, which the listener with --ordered-startup is asked about. For a container's health check, use \
        listenerd status --quiet.
        """,
        """
        With --watch, it waits until everything is up, also for supervisord itself. On a terminal, the lines are replaced \
        as things change; otherwise they are printed once more, after an empty line. With --format json, each change is an \
        object on a line of its own.
        """,
    ]
    static let exitStatus: String? = """
        0 if everything is up; 1 if a process is starting, not ready, stopping, waiting, backing off or FATAL, or has exited \
        unexpectedly (one that has completed, was stopped by an operator, or does not start automatically does not count); \
        65 if there is no configuration; 69 if supervisord does not answer within 5 seconds.
        """
    static let notes = ManualNotes(
        examples: [
            ("The health check of a container:", "HEALTHCHECK CMD [\"listenerd\", \"status\", \"--quiet\"]"),
            ("Wait until everything is up:", "listenerd status --watch"),
        ]
    )
    static let options: [any OptionDeclaration] = [
        ListenerOptions.config, ListenerOptions.serverURL, quiet, format, watch,
    ]

    static func run(_ options: OptionValues, _ output: inout CommandOutput) throws -> ExitStatus {
        do {
            if options[watch] {
                var watch = try StatusWatch(options, StatusDisplay(options[format], isQuiet: options[quiet]))
                return try watch.run()
            }
            let report = StatusReport(try StatusSource(options).read())
            if !options[quiet] {
                output.print(options[format] == .json ? StatusJSON(report).text : report.text)
            }
            return report.isUp ? .success : .incomplete
        } catch  where options[quiet] {
            return ExitStatus(for: error)
        }
    }
}
