import ListenerKit

extension Event {
    /// Makes the event anew of which a line was written; nil if it was no event of supervisord's.
    init?(logged object: JSONValue, _ name: String, _ time: Timestamp) {
        // Only supervisord numbers its events; a line of output has no number, although it is named like the event that it came in.
        guard let serial = object["serial"]?.integer else {
            return nil
        }
        let header = EventHeader(
            name: name,
            server: object["server"]?.text ?? "",
            serial: serial,
            pool: object["pool"]?.text ?? "",
            poolSerial: object["poolserial"]?.integer ?? EventHeader.unnumbered,
            time: time
        )
        switch header.kind {
        case .processGroupAdded, .processGroupRemoved:
            let change: ProcessGroupEvent.Change = header.kind == .processGroupAdded ? .added : .removed
            self = .processGroup(ProcessGroupEvent(header: header, group: object["group"]?.text ?? "", change: change))
        case .supervisorStateChangeRunning, .supervisorStateChangeStopping:
            let isRunning = header.kind == .supervisorStateChangeRunning
            self = .supervisorState(SupervisorStateEvent(header: header, state: isRunning ? .running : .stopping))
        default:
            if let change = ProcessStateEvent(logged: object, header) {
                self = .processState(change)
            } else {
                self = .other(OtherEvent(header: header, payload: object["data"]?.text ?? ""))
            }
        }
    }
}

extension ProcessStateEvent {
    fileprivate init?(logged object: JSONValue, _ header: EventHeader) {
        guard let kind = header.kind, let process = ProcessName(logged: object),
            let previous = object["from"]?.text.flatMap({ ProcessState(name: $0) }),
            let transition = Transition(logged: object, kind)
        else {
            return nil
        }
        self.init(header: header, process: process, previous: previous, transition: transition)
    }
}

extension ProcessStateEvent.Transition {
    fileprivate init?(logged object: JSONValue, _ kind: EventKind) {
        let pid = object["pid"]?.integer ?? 0
        let tries = object["tries"]?.integer ?? 0
        switch kind {
        case .processStateStarting: self = .starting(tries: tries)
        case .processStateRunning: self = .running(pid: pid)
        case .processStateBackoff: self = .backoff(tries: tries)
        case .processStateStopping: self = .stopping(pid: pid)
        case .processStateExited: self = .exited(expected: object["expected"]?.boolean ?? false, pid: pid)
        case .processStateStopped: self = .stopped(pid: pid)
        case .processStateFatal: self = .fatal
        case .processStateUnknown: self = .unknown
        default: return nil
        }
    }
}
