import ListenerKit

/// Waits until the listeners that log have heard what programs have done and written at their end.
///
/// supervisord tells a listener one event after the other, and drops what is left when it stops the listener.
final class LastWords: Sendable {
    private static let timeout = Duration.seconds(1)

    private let supervisor: Supervisor
    private let folder: RunFolder
    /// The pools of the listeners that answer.
    private let pools: Set<String>

    /// Finds the listeners; nil if there are none.
    ///
    /// - Parameters:
    ///   - folder: The folder of the run, with the configuration.
    ///   - supervisor: Calls supervisord.
    init?(_ folder: RunFolder, _ supervisor: Supervisor) {
        let listeners = folder.configuration.eventListeners.filter { listener in
            ListenerCommand(listener.program.command)?.keepsLog ?? false
                && SubscribedEvents(listener).deliver(.remoteCommunication)
        }
        guard !listeners.isEmpty else {
            return nil
        }
        self.supervisor = supervisor
        self.folder = folder
        pools = Set(listeners.map { $0.name })
    }

    /// Waits until all of them have handled all events that have happened before this call; no longer than a second.
    func wait() {
        let deadline = ContinuousClock.now + Self.timeout
        let mark = String(UInt64.random(in: .min ... .max), radix: 16)
        do throws(SupervisorError) {
            let parameters: [XMLRPCValue] = [.string(MarkSocket.eventType), .string(mark)]
            try supervisor.callBlocking("supervisor.sendRemoteCommEvent", parameters, within: Self.timeout)
        } catch {
            // A supervisord that does not answer tells its listeners nothing either.
            return
        }
        _ = folder.marks.wait(for: mark, from: pools, until: deadline)
    }
}
