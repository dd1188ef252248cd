import Handlers
import ListenerKit

/// The listeners that keep a log file of their own, which supervisord does not know.
struct ListenerLogs: Sendable {
    private let names: Set<ProcessName>

    /// Finds them in a configuration.
    init(_ configuration: SupervisorConfiguration) {
        let listeners = configuration.eventListeners.filter { listener in
            ListenerCommand(listener.program.command)?.keepsLogFile ?? false
        }
        names = Set(listeners.flatMap(\.program.processes))
    }

    /// Makes the listeners reopen their files.
    ///
    /// - Parameters:
    ///   - signal: The signal to send them.
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

extension SupervisorConfiguration {
    /// Whether a listener has a log that goes to standard output.
    var logsToStandardOutput: Bool {
        eventListeners.contains { ListenerCommand($0.program.command)?.logsToStandardOutput ?? false }
    }
}
