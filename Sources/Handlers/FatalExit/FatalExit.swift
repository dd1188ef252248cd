public import ListenerKit

/// Ends supervisord when a program has failed for good.
public final class FatalExit {
    private let supervisorEnd: SupervisorEnd
    private var isEnding = false

    /// Takes note of the process that is to be ended.
    ///
    /// - Parameter context: What the listener offers.
    public init(_ context: Context) {
        supervisorEnd = SupervisorEnd(context)
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
        isEnding = await supervisorEnd.end(because: process, spawnError)
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
