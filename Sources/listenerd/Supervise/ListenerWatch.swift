import ListenerKit
import Synchronization

/// Looks every now and then whether the listeners still work that everything depends on.
final class ListenerWatch: Sendable {
    private static let interval = Duration.seconds(1)

    private let supervisor: Supervisor
    private let listeners: [WatchedListener]
    private let reporter: Reporter
    private let whenLost: @Sendable () -> Void
    private let loss = Mutex<String?>(nil)
    /// Whether what was counted before the next look does not count.
    private let mustForget = Atomic<Bool>(false)

    /// Prepares to watch.
    ///
    /// - Parameters:
    ///   - listeners: Whom to watch.
    ///   - supervisor: supervisord.
    ///   - reporter: Says where they cannot be watched.
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

    /// What has become of the listener that is lost; nil where none is.
    var description: String? {
        loss.withLock { $0 }
    }

    /// Begins to look, where there is anything to look at.
    func begin() throws(SystemError) {
        guard !listeners.isEmpty else {
            return
        }
        try startThread(stackSize: 256 * 1024, inheritsSignalMask: false) { [self] in work() }
    }

    /// Forgets how often listeners were started again, because supervisord is told to begin anew.
    func forget() {
        mustForget.store(true, ordering: .relaxed)
    }

    /// Looks once.
    ///
    /// - Parameter listeners: Whom to watch.
    /// - Returns: Whether one of them is lost.
    func look(at listeners: inout [WatchedListener]) -> Bool {
        for index in listeners.indices {
            let processes = look(at: listeners[index])
            if mustForget.exchange(false, ordering: .relaxed) {
                for index in listeners.indices {
                    listeners[index].forget()
                }
            }
            if let processes, let description = listeners[index].take(processes) {
                loss.withLock { $0 = description }
                return true
            }
        }
        return false
    }

    private func work() {
        var listeners = listeners
        repeat {
            pause(for: Self.interval)
        } while !look(at: &listeners)
        whenLost()
    }

    /// How all processes of a listener stand; nil where supervisord does not say, as before it is up.
    private func look(at listener: WatchedListener) -> [ProcessInformation]? {
        do throws(SupervisorError) {
            return try listener.processes.map { process throws(SupervisorError) in
                try supervisor.processInfoBlocking(of: process)
            }
        } catch {
            // That is so for good.
            if case .unauthorized = error {
                reporter.reportOnce(.warning, "\(error); supervise will not notice if a listener fails for good")
            }
            // So supervisord answers while it begins anew, too.
            if error.isShutdown {
                forget()
            }
            return nil
        }
    }
}
