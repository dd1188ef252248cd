import Handlers
import ListenerKit

/// The log files that listeners keep themselves, of which supervisord knows nothing.
struct ListenerLogs: Sendable {
    private let names: Set<ProcessName>

    /// Finds the listeners of a configuration that keep one.
    init(_ configuration: SupervisorConfiguration) {
        let listeners = configuration.eventListeners.filter { listener in
            ListenerCommand(listener.program.command)?.keepsLogFile ?? false
        }
        names = Set(listeners.flatMap(\.program.processes))
    }

    /// Has them opened anew.
    ///
    /// - Parameters:
    ///   - signal: The signal that asks for that.
    ///   - supervisord: The parent of the listeners.
    func reopen(_ signal: Signal, below supervisord: ChildProcess) {
        guard !names.isEmpty else {
            return
        }
        for listener in SupervisedProcess.all(of: supervisord) where names.contains(listener.name) {
            listener.process.send(signal)
        }
    }
}
