import ListenerKit
import Synchronization

/// Looks every now and then whether the listeners still work that everything depends on.
final class ListenerWatch: Sendable {
    private static let interval = Duration.seconds(1)

    private let supervisor: Supervisor
    private let reporter: Reporter
    private let whenLost: @Sendable () -> Void
    private let listeners: Mutex<[WatchedListener]>
    private let loss = Mutex<String?>(nil)

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
        self.listeners = Mutex(listeners)
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
        guard !listeners.withLock({ $0.isEmpty }) else {
            return
        }
        try startThread(stackSize: 256 * 1024, takesSignals: false) { [self] in work() }
    }

    /// Forgets how often listeners were started again, because supervisord is told to begin anew.
    func forget() {
        listeners.withLock { listeners in
            for index in listeners.indices {
                listeners[index].forget()
            }
        }
    }

    /// Looks once.
    ///
    /// - Returns: Whether a listener is lost.
    func look() -> Bool {
        for (index, listener) in listeners.withLock({ $0 }).enumerated() {
            if let processes = look(at: listener), let description = listeners.withLock({ $0[index].take(processes) }) {
                loss.withLock { $0 = description }
                return true
            }
        }
        return false
    }

    private func work() {
        repeat {
            pause(for: Self.interval)
        } while !look()
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
                reporter.sayOnce(.warning, "\(error); therefore nobody sees whether a listener fails for good")
            }
            // So supervisord answers while it begins anew, too.
            if error.isShutdown {
                forget()
            }
            return nil
        }
    }
}
