import ListenerKit
import Synchronization

/// Checks once a second that the listeners work that `supervise` cannot do without.
final class ListenerWatch: Sendable {
    private static let interval = Duration.seconds(1)

    private let supervisor: Supervisor
    private let listeners: [WatchedListener]
    private let reporter: Reporter
    private let whenLost: @Sendable () -> Void
    private let lossDescription = Mutex<String?>(nil)
    /// Whether to reset the restart counts at the next check.
    private let mustReset = Atomic<Bool>(false)

    /// Prepares to watch.
    ///
    /// - Parameters:
    ///   - listeners: The listeners to watch.
    ///   - supervisor: Calls supervisord.
    ///   - reporter: Reports that they cannot be watched.
    ///   - whenLost: Called on another thread, once, when a listener has failed for good.
    init(
        _ listeners: [WatchedListener],
        _ supervisor: Supervisor,
        _ reporter: Reporter,
        whenLost: @escaping @Sendable () -> Void
    ) {
        self.listeners = listeners
        self.supervisor = supervisor
        self.reporter = reporter
        self.whenLost = whenLost
    }

    /// The failure of a listener that has failed for good; nil if none has.
    var loss: String? {
        lossDescription.withLock { $0 }
    }

    /// Starts to watch, if there are listeners to watch.
    func start() throws(SystemError) {
        guard !listeners.isEmpty else {
            return
        }
        try startThread(stackSize: 256 * 1024, inheritsSignalMask: false) { [self] in run() }
    }

    /// Forgets how often listeners were restarted, because supervisord is told to reload, which restarts them too.
    func resetRestartCounts() {
        mustReset.store(true, ordering: .relaxed)
    }

    /// Checks all listeners once.
    ///
    /// - Parameter listeners: The listeners, with what earlier checks have found.
    /// - Returns: Whether one of them has failed for good.
    func check(_ listeners: inout [WatchedListener]) -> Bool {
        for index in listeners.indices {
            let processes = processes(of: listeners[index])
            if mustReset.exchange(false, ordering: .relaxed) {
                for index in listeners.indices {
                    listeners[index].resetRestartCounts()
                }
            }
            if let processes, let loss = listeners[index].apply(processes) {
                lossDescription.withLock { $0 = loss }
                return true
            }
        }
        return false
    }

    private func run() {
        var listeners = listeners
        repeat {
            pause(for: Self.interval)
        } while !check(&listeners)
        whenLost()
    }

    /// Returns all processes of a listener; nil if supervisord does not answer, as before it is up.
    private func processes(of listener: WatchedListener) -> [ProcessInformation]? {
        do throws(SupervisorError) {
            return try listener.processes.map { process throws(SupervisorError) in
                try supervisor.processInfoBlocking(of: process)
            }
        } catch {
            // The credentials stay wrong.
            if case .unauthorized = error {
                reporter.reportOnce(.warning, "\(error); supervise will not notice if a listener fails for good")
            }
            // supervisord answers this while it reloads, too.
            if error.isShutdown {
                resetRestartCounts()
            }
            return nil
        }
    }
}
