import ListenerKit

/// A listener without which a supervised supervisord is not what it was meant to be, look by look.
struct WatchedListener: Sendable {
    /// One that was started again between so many looks in a row fails for good, though supervisord never says so.
    ///
    /// Where it counts as up, it is started again for ever. What an operator restarts before each of so many looks, about
    /// once a second, cannot be told from that.
    private static let mostRestarts = 5

    /// Its processes.
    var processes: [ProcessName] { program.processes }

    private let program: ProgramConfiguration
    /// Whether it is to end everything on a failure.
    private let endsSupervisord: Bool
    private var pids: [ProcessName: Int] = [:]
    private var restarts: [ProcessName: Int] = [:]

    /// Describes a listener; nil where it does not matter.
    ///
    /// - Parameters:
    ///   - listener: The listener.
    ///   - added: What the listener is called that `supervise` has added; nil where there is none.
    init?(_ listener: EventListenerConfiguration, added: String?) {
        program = listener.program
        endsSupervisord = ListenerCommand(program.command)?.endsSupervisord ?? false
        guard endsSupervisord || listener.name == added else {
            return nil
        }
    }

    /// Takes in how all of its processes stand.
    ///
    /// - Parameter processes: Every one of them.
    /// - Returns: What has become of it, as a sentence without a full stop, where none of them does its work, or will.
    mutating func take(_ processes: [ProcessInformation]) -> String? {
        let descriptions = processes.compactMap { process -> String? in
            if isLost(process) {
                return "\(process.name) is \(process.state.name)"
            }
            return countRestarts(of: process) < Self.mostRestarts
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

    /// Forgets how often it was started again: a supervisord that begins anew starts it again too.
    mutating func forget() {
        restarts = [:]
    }

    /// Whether a process was started, and has ended in such a way that supervisord does not start it again; what an operator
    /// has stopped is not lost, nor what has done all that it was to do.
    private func isLost(_ process: ProcessInformation) -> Bool {
        switch process.state {
        case .fatal, .unknown: true
        case .exited: !isRestarted(process) && (endsSupervisord || process.exitStatus != 0)
        case .stopped, .starting, .running, .backoff, .stopping: false
        }
    }

    private func isRestarted(_ process: ProcessInformation) -> Bool {
        program.autorestart.restarts(afterExpected: program.exitCodes.contains(process.exitStatus))
    }

    private mutating func countRestarts(of process: ProcessInformation) -> Int {
        let isNew =
            switch process.state {
            case .starting, .running: process.pid != pids[process.name]
            case .exited: isRestarted(process)
            // One that backs off becomes FATAL in its time.
            case .stopped, .stopping, .backoff, .fatal, .unknown: false
            }
        pids[process.name] = process.pid
        let count = isNew ? (restarts[process.name] ?? 0) + 1 : 0
        restarts[process.name] = count
        return count
    }
}
