import ListenerKit

/// The status of one process.
struct StatusLine {
    /// The process.
    let name: ProcessName
    /// Its state; nil if supervisord does not know it.
    let state: ProcessState?
    /// How long it has been in that state, as text; nil if that is unknown.
    let age: String?
    /// A remark, such as what it waits for.
    let remark: String
    /// Whether it is as it should be, so that it does not keep the exit status from being 0.
    let isUp: Bool

    /// Describes a process that supervisord knows.
    init(_ process: ProcessInformation, isUp: Bool, _ remark: String) {
        name = process.name
        state = process.state
        age = process.secondsInState.map { Self.text(forSeconds: $0) }
        self.remark = remark
        self.isUp = isUp
    }

    /// Describes a process of the configuration that supervisord does not know, because it has not reread its configuration.
    init(unknown name: ProcessName) {
        self.name = name
        state = nil
        age = nil
        remark = "unknown to supervisord, which has not reread its configuration; run supervisorctl update"
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
    /// How long it has been in its state; nil if supervisord does not say.
    fileprivate var secondsInState: Int? {
        let beginning =
            switch state {
            case .starting, .running, .stopping, .unknown: startTime
            case .stopped, .exited, .backoff, .fatal: stopTime ?? startTime
            }
        guard let beginning, let now else {
            return nil
        }
        return max(0, Int(now.seconds(since: beginning)))
    }
}
