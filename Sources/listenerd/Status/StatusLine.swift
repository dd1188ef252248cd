import ListenerKit

/// How things stand with one process.
struct StatusLine {
    /// The process.
    let name: ProcessName
    /// Its state; nil where supervisord does not know it.
    let state: ProcessState?
    /// For how long it has been in that state, in words; nil where that is not known.
    let age: String?
    /// What else there is to be said.
    let remark: String
    /// Whether nothing is missing here.
    let isUp: Bool

    /// Describes a process that supervisord knows.
    init(_ process: ProcessInformation, isUp: Bool, _ remark: String) {
        name = process.name
        state = process.state
        age = process.secondsInState.map { Self.words(forSeconds: $0) }
        self.remark = remark
        self.isUp = isUp
    }

    /// Describes a process that stands in the configuration alone: it is not supervisord's before that reads it.
    init(unknown name: ProcessName) {
        self.name = name
        state = nil
        age = nil
        remark = "unknown to supervisord, which has not reread its configuration; run supervisorctl update"
        isUp = true
    }

    /// A duration, in its two largest units: `3 h 20 min`.
    static func words(forSeconds seconds: Int) -> String {
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
    /// For how long it has been as it is, as far as supervisord says.
    fileprivate var secondsInState: Int? {
        let beginning =
            switch state {
            case .starting, .running, .stopping, .unknown: startTime
            case .stopped, .exited, .backoff, .fatal: stopTime ?? startTime
            }
        guard let beginning, let now else {
            return nil
        }
        return max(0, now - beginning)
    }
}
