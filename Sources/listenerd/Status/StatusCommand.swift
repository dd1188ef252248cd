import Handlers
import ListenerKit

/// `listenerd status`: shows which processes are running, and which are waiting for what.
enum StatusCommand: Subcommand {
    private static let quiet = Option<Bool>(flag: "quiet", help: "print nothing; only set the exit status")

    /// A health check needs an answer in time, even a bad one.
    private static let timeout = Duration.seconds(5)

    static let name = "status"
    static let summary = "show what is running, what is waiting, and for what; exit with 0 once everything is up"
    static let explanation = [
        """
        Prints one line for each process: its name, its state, for how long, and a remark. For a container's health check, \
        use listenerd status --quiet.
        """,
        """
        Exit status: 0 if everything is up; 1 if a process is starting, stopping, waiting, backing off or FATAL, or has \
        exited unexpectedly (one that has completed, was stopped by an operator, or does not start automatically does not \
        count); 65 if there is no configuration; 69 if supervisord does not answer within 5 seconds.
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
