import ListenerKit

extension LogRecord {
    func appendMessage(to line: inout [UInt8]) -> Bool {
        switch event {
        case .processState(let event): append(event, to: &line)
        case .processLog(let event): append(event.header, event.process, event.pid, event.data, to: &line)
        case .processCommunication(let event): append(event.header, event.process, event.pid, event.data, to: &line)
        case .remoteCommunication(let event):
            line.append(escaping: event.header.name)
            line.append(" type=")
            line.append(escaping: event.type)
            append(data: event.data, to: &line)
        case .processGroup(let event):
            line.append(escaping: event.header.name)
            line.append(UInt8(ascii: " "))
            line.append(escaping: event.group)
        case .tick(let event):
            line.append(escaping: event.header.name)
            line.append(" when=", Int(event.when.seconds))
        case .supervisorState(let event): line.append(escaping: event.header.name)
        case .other(let event):
            line.append(escaping: event.header.name)
            append(data: event.payload, to: &line)
        }
        return true
    }

    private func append(_ event: ProcessStateEvent, to line: inout [UInt8]) {
        line.append(event.process)
        line.append(UInt8(ascii: " "))
        line.append(text: event.previous.name)
        line.append(" → ")
        line.append(text: event.state.name)
        switch event.transition {
        case .starting(let tries) where tries == 0: break
        case .starting(let tries), .backoff(let tries): line.append(" tries=", tries)
        case .running(let pid), .stopping(let pid), .stopped(let pid): line.append(" pid=", pid)
        case .exited(let expected, let pid):
            line.append(expected ? " expected" : " unexpected")
            if let exitStatus {
                line.append(" status=", exitStatus)
            }
            line.append(" pid=", pid)
        case .fatal, .unknown: break
        }
        if let uptime {
            let tenths = Int((max(0, min(uptime, 1e12)) * 10).rounded())
            line.append(" after ", tenths / 10)
            line.append(".", tenths % 10)
            line.append("s")
        }
        if let spawnError {
            line.append(": ")
            line.append(escaping: spawnError)
        }
    }

    private func append(
        _ header: EventHeader,
        _ process: ProcessName,
        _ pid: Int,
        _ data: String,
        to line: inout [UInt8]
    ) {
        line.append(escaping: header.name)
        line.append(UInt8(ascii: " "))
        line.append(process)
        line.append(" pid=", pid)
        append(data: data, to: &line)
    }

    private func append(data: String, to line: inout [UInt8]) {
        if !data.isEmpty {
            line.append(": ")
            line.append(escaping: data)
        }
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ label: StaticString, _ number: Int) {
        append(label)
        append(decimal: number)
    }
}
