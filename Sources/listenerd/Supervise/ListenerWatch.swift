import Handlers
import ListenerKit
import Synchronization

/// Looks every now and then whether the listeners that are to end everything still can.
final class ListenerWatch: Sendable {
    private static let interval = Duration.seconds(1)
    /// A listener that was started again between so many looks in a row fails for good, though supervisord never says so:
    /// with `startsecs=0`, it starts it again for ever.
    private static let mostRestarts = 3

    private let supervisor: Supervisor
    private let listeners: [EventListenerConfiguration]
    private let whenLost: @Sendable () -> Void
    private let loss = Mutex<String?>(nil)

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

    /// Begins to look, where there is anything to look at.
    func begin() throws(SystemError) {
        guard !listeners.isEmpty else {
            return
        }
        try startThread(stackSize: 256 * 1024, takesSignals: false) { [self] in work() }
    }

    private func work() {
        var looks: [ProcessName: Look] = [:]
        while true {
            pause(for: Self.interval)
            for listener in listeners {
                if let description = lossDescription(of: listener, &looks) {
                    loss.withLock { $0 = description }
                    return whenLost()
                }
            }
        }
    }

    /// What was seen of a process at one look.
    private struct Look {
        let pid: Int?
        /// Between how many looks in a row it was started again.
        let restarts: Int
    }

    /// What has become of a listener, where none of its processes does its work, or will.
    private func lossDescription(
        of listener: EventListenerConfiguration,
        _ looks: inout [ProcessName: Look]
    ) -> String? {
        var descriptions: [String] = []
        for process in listener.program.processes {
            guard let information = try? supervisor.processInfoBlocking(of: process) else {
                return nil
            }
            let last = looks[process]
            let isSame = last == nil || last?.pid == information.pid
            let look = Look(pid: information.pid, restarts: isSame ? 0 : (last?.restarts ?? 0) + 1)
            looks[process] = look
            if information.isLost(listener.program) {
                descriptions.append("\(process) is \(information.state.name)")
            } else if look.restarts >= Self.mostRestarts {
                descriptions.append("\(process) fails as often as it is started")
            }
        }
        let isLost = !descriptions.isEmpty && descriptions.count == listener.program.processes.count
        return isLost ? descriptions.joined(separator: ", ") : nil
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
