import Handlers
import ListenerKit
import Synchronization

/// Looks every now and then whether the listeners that are to end everything still can.
final class ListenerWatch: Sendable {
    private static let interval = Duration.seconds(1)
    /// A listener that was started again so often, within that time, fails for good, though supervisord never says so: where it
    /// counts as up, it is started again for ever.
    private static let mostRestarts = 3
    private static let memory = Duration.seconds(15)

    private let supervisor: Supervisor
    private let listeners: [EventListenerConfiguration]
    private let whenLost: @Sendable () -> Void
    private let loss = Mutex<String?>(nil)
    private let looks = Mutex<[ProcessName: Look]>([:])

    /// Prepares to watch.
    ///
    /// - Parameters:
    ///   - configuration: supervisord's configuration, with the listeners.
    ///   - supervisor: supervisord.
    ///   - whenLost: Called on another thread, once, when a listener has failed for good.
    init(
        _ configuration: SupervisorConfiguration,
        _ supervisor: Supervisor,
        whenLost: @escaping @Sendable () -> Void
    ) {
        self.supervisor = supervisor
        self.whenLost = whenLost
        listeners = configuration.eventListeners.filter { listener in
            ListenerCommand(listener.program.command)?.endsSupervisord ?? false
        }
    }

    /// What has become of the listener that is lost; nil where none is.
    var description: String? {
        loss.withLock { $0 }
    }

    /// Forgets what was seen: supervisord begins anew, which is no failure of a listener.
    func forget() {
        looks.withLock { $0.removeAll() }
    }

    /// Begins to look, where there is anything to look at.
    func begin() throws(SystemError) {
        guard !listeners.isEmpty else {
            return
        }
        try startThread(stackSize: 256 * 1024, takesSignals: false) { [self] in work() }
    }

    private func work() {
        while true {
            pause(for: Self.interval)
            for listener in listeners {
                if let description = lossDescription(of: listener) {
                    loss.withLock { $0 = description }
                    return whenLost()
                }
            }
        }
    }

    /// What was seen of a process.
    private struct Look {
        var pid: Int?
        /// When it was seen that it had been started again.
        var restarts: [ContinuousClock.Instant] = []
    }

    /// What has become of a listener, where none of its processes does its work, or will.
    private func lossDescription(of listener: EventListenerConfiguration) -> String? {
        var descriptions: [String] = []
        for process in listener.program.processes {
            guard let information = try? supervisor.processInfoBlocking(of: process) else {
                return nil
            }
            if information.isLost(listener.program) {
                descriptions.append("\(process) is \(information.state.name)")
            } else if countRestarts(information) >= Self.mostRestarts {
                descriptions.append("\(process) fails as often as it is started")
            }
        }
        let isLost = !descriptions.isEmpty && descriptions.count == listener.program.processes.count
        return isLost ? descriptions.joined(separator: ", ") : nil
    }

    private func countRestarts(_ information: ProcessInformation) -> Int {
        looks.withLock { looks in
            var look = looks[information.name] ?? Look(pid: information.pid)
            defer { looks[information.name] = look }
            let now = ContinuousClock.now
            if let pid = information.pid, pid != look.pid {
                // Its first start is none again.
                if look.pid != nil {
                    look.restarts.append(now)
                }
                look.pid = pid
            }
            look.restarts.removeAll { $0 + Self.memory < now }
            return look.restarts.count
        }
    }
}

extension ProcessInformation {
    /// Whether it was started, and has ended in such a way that supervisord does not start it again; what an operator has
    /// stopped is not lost.
    fileprivate func isLost(_ program: ProgramConfiguration) -> Bool {
        switch state {
        case .fatal, .unknown: true
        case .exited:
            switch program.autorestart {
            case .always: false
            case .never: true
            case .unexpected: program.exitCodes.contains(exitStatus)
            }
        case .stopped, .starting, .running, .backoff, .stopping: false
        }
    }
}
