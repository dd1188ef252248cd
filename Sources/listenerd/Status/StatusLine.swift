import Handlers
import ListenerKit

/// The status of one process.
struct StatusLine {
    /// The process.
    let name: ProcessName
    /// Its state; nil if supervisord does not know it.
    let state: ProcessState?
    /// Its pid; nil if it does not run.
    let pid: Int?
    /// When it entered its state; nil if that is unknown.
    let since: Timestamp?
    /// How long it has been in that state, as text; nil if that is unknown.
    let age: String?
    /// Whether it is RUNNING, and all of its gates have passed; nil if it is not known whether they have.
    let isReady: Bool?
    /// What keeps it from being started, or ready: `db running`, or a gate.
    let waits: [String]
    /// A remark, such as what it waits for.
    let remark: String
    /// Its gates; nil if it has none, or it is not known how they stand.
    let gates: [GateReport.GateStatus]?
    /// Whether it is as it should be, so that it does not keep the exit status from being 0.
    let isUp: Bool

    /// Describes a process that supervisord knows, and that has no gates.
    init(_ process: ProcessInformation, isUp: Bool, _ remark: String, waits: [String] = []) {
        self.init(process, isUp: isUp, isReady: process.state == .running, remark, waits: waits, gates: nil)
    }

    /// Describes a process that supervisord knows.
    init(
        _ process: ProcessInformation,
        isUp: Bool,
        isReady: Bool?,
        _ remark: String,
        waits: [String],
        gates: [GateReport.GateStatus]?
    ) {
        name = process.name
        state = process.state
        pid = process.pid
        since = process.timeOfState
        age = process.secondsInState.map { Self.text(forSeconds: $0) }
        self.isReady = isReady
        self.waits = waits
        self.remark = remark
        self.gates = gates
        self.isUp = isUp
    }

    /// Describes a process of the configuration that supervisord does not know, because it has not reread its configuration.
    init(unknown name: ProcessName) {
        self.name = name
        state = nil
        pid = nil
        since = nil
        age = nil
        isReady = false
        waits = []
        remark = "unknown to supervisord, which has not reread its configuration; run supervisorctl update"
        gates = nil
        isUp = true
    }

    /// Returns a duration in its two largest units: `3 h 20 min`.
    static func text(forSeconds seconds: Int) -> String {
        let units = [(86400, "d"), (3600, "h"), (60, "min"), (1, "s")]
        guard let first = units.firstIndex(where: { seconds >= $0.0 }) else {
            return "0 s"
        }
        let (size, name) = units[first]
        let rest = seconds % size
        guard first + 1 < units.count, rest >= units[first + 1].0 else {
            return "\(seconds / size) \(name)"
        }
        return "\(seconds / size) \(name) \(rest / units[first + 1].0) \(units[first + 1].1)"
    }
}

extension ProcessInformation {
    /// When it entered its state; nil if supervisord does not say.
    fileprivate var timeOfState: Timestamp? {
        switch state {
        case .starting, .running, .stopping, .unknown: startTime
        case .stopped, .exited, .backoff, .fatal: stopTime ?? startTime
        }
    }

    /// How long it has been in its state; nil if supervisord does not say.
    fileprivate var secondsInState: Int? {
        guard let timeOfState, let now else {
            return nil
        }
        return max(0, Int(now.seconds(since: timeOfState)))
    }
}
