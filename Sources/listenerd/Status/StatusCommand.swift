import Handlers
import ListenerKit

/// `listenerd status`: says what runs, and what waits for what.
enum StatusCommand: Subcommand {
    private static let quiet = Option<Bool>(flag: "quiet", help: "print nothing; the status says enough")

    /// Whoever asks for a program's health wants an answer, be it a bad one.
    private static let timeout = Duration.seconds(5)

    static let name = "status"
    static let summary = "show what runs, what waits, and for what; status 0 once everything is up"
    static let explanation = [
        """
        There is a line for each process: its name, its state, since when, and what is to be said about it. As the health \
        check of a container: listenerd status --quiet.
        """,
        """
        Status: 0 where everything is up; 1 where a process starts, stops, waits, backs off, is FATAL, or has ended \
        unexpectedly (one that has completed, was stopped by somebody, or is not to be started does not count); 65 where \
        there is no configuration; 69 where supervisord does not answer within 5 seconds.
        """,
    ]
    static let options: [any OptionDeclaration] = [ListenerOptions.config, ListenerOptions.serverURL, quiet]

    static func run(_ options: OptionValues, _ output: inout CommandOutput) throws -> ExitStatus {
        do {
            let report = try report(options)
            if !options[quiet] {
                output.print(report.text)
            }
            return report.isUp ? .success : .incomplete
        } catch  where options[quiet] {
            return ExitStatus(for: error)
        }
    }

    private static func report(_ options: OptionValues) throws -> StatusReport {
        let access = try SupervisordAccess(options: options, environment: currentEnvironment(), asListener: false)
        let loaded = LoadedPlan(try access.configuration.get())
        let supervisor = try access.supervisor.get()
        let processes = try supervisor.allProcessInfoBlocking(within: timeout)
        return StatusReport(loaded, processes)
    }
}
