import ListenerKit

extension LogRecord {
    /// Appends the record as a line for people, without its newline.
    func appendText(to line: inout [UInt8]) {
        event.header.time.append(to: &line)
        line.append(UInt8(ascii: " "))
        switch event {
        case .processState(let event): append(event, to: &line)
        case .processLog(let event): append(event.process, event.pid, event.data, to: &line)
        case .processCommunication(let event): append(event.process, event.pid, event.data, to: &line)
        case .remoteCommunication(let event): append("type=\(event.type)", event.data, to: &line)
        case .processGroup(let event): append(event.group, nil, to: &line)
        case .tick(let event): append("when=\(event.when)", nil, to: &line)
        case .supervisorState: append(nil, nil, to: &line)
        case .other(let event): append(nil, event.payload, to: &line)
        }
    }

    private func append(_ event: ProcessStateEvent, to line: inout [UInt8]) {
        line.append(escaping: event.process.description)
        line.append(" ", event.previous.name)
        line.append(" → ", event.state.name)
        switch event.transition {
        case .starting(let tries) where tries == 0: break
        case .starting(let tries), .backoff(let tries): line.append(" tries=", tries)
        case .running(let pid), .stopping(let pid), .stopped(let pid): line.append(" pid=", pid)
        case .exited(let expected, let pid):
            line.append(expected ? " expected" : " unexpected", "")
            if let exitStatus {
                line.append(" status=", exitStatus)
            }
            line.append(" pid=", pid)
        case .fatal, .unknown: break
        }
        if let uptime {
            line.append(" after ", tenths(of: uptime))
        }
        if let spawnError {
            line.append(": ", "")
            line.append(escaping: spawnError)
        }
    }

    private func append(_ process: ProcessName, _ pid: Int, _ data: String, to line: inout [UInt8]) {
        append("\(process) pid=\(pid)", data, to: &line)
    }

    /// Appends the event's name, then what it is about, then its data.
    private func append(_ subject: String?, _ data: String?, to line: inout [UInt8]) {
        line.append(escaping: event.header.name)
        if let subject {
            line.append(UInt8(ascii: " "))
            line.append(escaping: subject)
        }
        if let data, !data.isEmpty {
            line.append(contentsOf: ": ".utf8)
            line.append(escaping: data)
        }
    }

    private func tenths(of seconds: Double) -> String {
        let tenths = Int((max(0, min(seconds, 1e12)) * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)s"
    }
}

extension [UInt8] {
    /// Appends a label and what follows it; a line is written for each event, and interpolation would cost thrice as much.
    fileprivate mutating func append(_ label: String, _ text: String) {
        append(contentsOf: label.utf8)
        append(contentsOf: text.utf8)
    }

    fileprivate mutating func append(_ label: String, _ number: Int) {
        append(contentsOf: label.utf8)
        append(contentsOf: String(number).utf8)
    }
}
