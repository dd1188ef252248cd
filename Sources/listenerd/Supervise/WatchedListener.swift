import ListenerKit

/// A listener that `supervise` cannot do without, with what successive checks have found.
struct WatchedListener: Sendable {
    /// A listener that was restarted before each of this many checks in a row has failed for good.
    ///
    /// supervisord never says so: with `startsecs=0`, it restarts such a listener forever. An operator who restarts the listener
    /// before each of these checks, about once a second, looks the same.
    private static let restartLimit = 5

    /// Its processes.
    var processes: [ProcessName] { program.processes }

    private let program: ProgramConfiguration
    /// Whether it has `--fatal-exit`, which shuts down supervisord.
    private let endsSupervisord: Bool
    private var pids: [ProcessName: Int] = [:]
    private var restarts: [ProcessName: Int] = [:]

    /// Creates the watch for a listener; nil if `supervise` can do without it.
    ///
    /// - Parameters:
    ///   - listener: The listener.
    ///   - added: The name of the listener that `supervise` has added; nil if it has added none.
    init?(_ listener: EventListenerConfiguration, added: String?) {
        program = listener.program
        endsSupervisord = ListenerCommand(program.command)?.endsSupervisord ?? false
        guard endsSupervisord || listener.name == added else {
            return nil
        }
    }

    /// Applies the state of all of its processes.
    ///
    /// - Parameter processes: All of them.
    /// - Returns: What has happened, as a sentence without a full stop, if none of them works, or will work again; else nil.
    mutating func apply(_ processes: [ProcessInformation]) -> String? {
        let descriptions = processes.compactMap { process -> String? in
            if hasFailed(process) {
                return "\(process.name) is \(process.state.name)"
            }
            return countRestarts(of: process) < Self.restartLimit
                ? nil : "\(process.name) fails every time it is started"
        }
        guard !processes.isEmpty, descriptions.count == processes.count else {
            return nil
        }
        let loss =
            endsSupervisord
            ? "nothing would shut down supervisord after a failure" : "the handlers given to supervise do not run"
        return "\(descriptions.joined(separator: ", ")), so \(loss)"
    }

    /// Forgets how often it was restarted: supervisord restarts it when it reloads.
    mutating func resetRestartCounts() {
        restarts = [:]
    }

    /// Whether supervisord will not restart a process that has exited; one that an operator has stopped, or that has done its
    /// work, has not failed.
    private func hasFailed(_ process: ProcessInformation) -> Bool {
        switch process.state {
        case .fatal, .unknown: true
        case .exited: !willRestart(process) && (endsSupervisord || process.exitStatus != 0)
        case .stopped, .starting, .running, .backoff, .stopping: false
        }
    }

    private func willRestart(_ process: ProcessInformation) -> Bool {
        program.autorestart.restarts(afterExpected: program.exitCodes.contains(process.exitStatus))
    }

    private mutating func countRestarts(of process: ProcessInformation) -> Int {
        let isNew =
            switch process.state {
            case .starting, .running: process.pid != pids[process.name]
            case .exited: willRestart(process)
            // A process in BACKOFF becomes FATAL eventually.
            case .stopped, .stopping, .backoff, .fatal, .unknown: false
            }
        pids[process.name] = process.pid
        let count = isNew ? (restarts[process.name] ?? 0) + 1 : 0
        restarts[process.name] = count
        return count
    }
}
