public import ListenerKit

/// Ends supervisord when a program has failed for good.
public final class FatalExit {
    /// supervisord answers at once; where it does not, a signal is tried.
    private static let patience = Duration.seconds(2)

    private let reporter: Reporter
    private let supervisor: Supervisor?
    private let supervisord: SupervisordProcess
    private var isEnding = false

    /// Takes note of the process that is to be ended.
    ///
    /// - Parameter context: What the listener offers.
    public init(_ context: Context) {
        reporter = context.reporter
        supervisor = try? context.supervisor()
        supervisord = SupervisordProcess.current
    }

    /// Ends supervisord, once, and not where it is ending anyway.
    ///
    /// - Parameters:
    ///   - process: The process that has failed.
    ///   - spawnError: Why, in supervisord's words, where these are known already.
    private func end(because process: ProcessName, _ spawnError: String? = nil) async {
        guard !isEnding else {
            return
        }
        isEnding = true
        do throws(SupervisorError) {
            guard let supervisor else {
                return signalSupervisord(process, reason: nil, problem: nil)
            }
            let reason = try await supervisor.processInfo(of: process, within: Self.patience).spawnError ?? spawnError
            try await supervisor.call("supervisor.shutdown", within: Self.patience)
            reporter.say(.error, "\(Self.describe(process, reason)); supervisord is shut down")
        } catch {
            // While supervisord stops, it makes every process FATAL that waits for its next try; that is no failure.
            if !error.isShutdown {
                signalSupervisord(process, reason: spawnError, problem: error)
            }
        }
    }

    private func signalSupervisord(_ process: ProcessName, reason: String?, problem: SupervisorError?) {
        let detour = problem.map { " (\($0))" } ?? ""
        let description = Self.describe(process, reason)
        do throws(SystemError) {
            try supervisord.send(.terminate)
            reporter.say(.error, "\(description); supervisord is ended by SIGTERM\(detour)")
        } catch {
            isEnding = false
            reporter.say(.error, "\(description), and supervisord cannot be ended: \(error)\(detour)")
        }
    }

    private static func describe(_ process: ProcessName, _ reason: String?) -> String {
        "\(process) is FATAL" + (reason.map { ": \($0)" } ?? "")
    }
}

extension FatalExit: ProcessStateHandler {
    /// `fatal-exit`.
    public static var name: String { "fatal-exit" }
    /// Its line in help.
    public static var summary: String { "end supervisord when a program has failed for good" }
    /// Other changes of state wake supervisord, and so it delivers a failure in milliseconds instead of seconds.
    public static var events: [EventKind] { [.processState] }

    /// Ends supervisord where the state is FATAL.
    ///
    /// - Parameter event: The change.
    public func handle(_ event: ProcessStateEvent) async {
        if event.state == .fatal {
            await end(because: event.process)
        }
    }
}

extension FatalExit: SupervisorStateHandler {
    /// Leaves a supervisord alone that is stopping.
    ///
    /// - Parameter event: What supervisord does.
    public func handle(_ event: SupervisorStateEvent) {
        if event.state == .stopping {
            isEnding = true
        }
    }
}

extension FatalExit: SnapshotHandler {
    /// Finds what failed while nobody listened.
    ///
    /// - Parameter snapshot: How processes stand.
    public func handle(_ snapshot: Snapshot) async {
        if let failed = snapshot.processes.first(where: { $0.state == .fatal }) {
            await end(because: failed.name, failed.spawnError)
        }
    }
}
