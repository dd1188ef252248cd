import Handlers
import ListenerKit

/// `listenerd restart`: restarts processes one after the other, without an outage.
enum RestartCommand: Subcommand {
    private static let parallel = Option<Int>(
        "parallel",
        "n",
        help: "how many processes may be down at a time, of each group too",
        default: 1
    )
    private static let timeout = Option<Duration?>(
        "timeout",
        "seconds",
        help: "how long each process may take from its start until it is ready; any time by default"
    )
    private static let withDependents = Option<Bool>(
        flag: "with-dependents",
        help: "also restart what depends on them, in start order"
    )

    static let name = "restart"
    static let summary = "restart processes one after the other, each once the one before is ready"
    static let explanation = [
        """
        Names are those that supervisorctl takes: web, group:web, group:* and all. Each process is stopped, started, and \
        waited for until it is RUNNING, and ready if it has gates. A task is waited for until it has exited as expected: one \
        that had done so before, or for whose end another program waits. What depends on others is restarted after them.
        """,
        """
        A process that is named by itself is started even if it is stopped. By group:* and all, processes that are STOPPED, or \
        have exited as expected, are left alone, and by all also event listeners.
        """,
        """
        At most --parallel processes of a group are down at a time; if another one dies meanwhile, it is waited for. The first \
        failure ends the restart: what was not restarted yet is not touched. So do TERM, INT (^C), QUIT and HUP, once what was \
        stopped has been started again; a second signal ends it at once.
        """,
    ]
    static let exitStatus: String? = """
        0; 1 if a process was not restarted, or nothing has one of the names; 65 if there is no configuration; 69 if supervisord \
        does not answer; 128+n after signal n.
        """
    static let notes = ManualNotes(
        examples: [("Restart a group, two processes at a time:", "listenerd restart --parallel 2 'web:*'")]
    )
    static let options: [any OptionDeclaration] = [
        ListenerOptions.config, ListenerOptions.serverURL, parallel, timeout, withDependents,
    ]
    static let arguments: String? = "NAME..."
    static let argumentKind = ValueKind.process(or: ["all"])

    static func run(_ options: OptionValues, _ output: inout CommandOutput) throws -> ExitStatus {
        guard !options.arguments.isEmpty else {
            throw UsageError.missingOption(option: "NAME")
        }
        guard options[parallel] >= 1 else {
            throw UsageError.invalidValue(
                value: String(options[parallel]),
                option: "--\(parallel.name) <n>",
                requirement: "a whole number from 1",
                suggestion: nil
            )
        }
        let status = try StatusSource(options)
        let source = try RestartSource(status)
        let plan: RestartPlan
        do throws(UnknownRestartNames) {
            plan = try RestartPlan(
                options.arguments,
                includesDependents: options[withDependents],
                source.loaded,
                source.processes
            )
        } catch {
            for sentence in error.sentences {
                output.complain(line: "listenerd: error: \(sentence)")
            }
            return .incomplete
        }
        let reducer = RestartReducer(plan, parallel: options[parallel], timeout: options[timeout])
        var run = try RestartRun(source, RestartCalls(try status.supervisor), reducer)
        return run.run(&output)
    }
}
