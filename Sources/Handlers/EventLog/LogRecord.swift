import ListenerKit

/// The log's record of one event: the event's own values, and supervisord's answer about it.
struct LogRecord: LineRecord {
    /// A value as it is written.
    enum Value: Equatable {
        case text(String)
        case integer(Int)
        case boolean(Bool)
        /// Seconds, written with milliseconds.
        case seconds(Double)
    }

    let event: Event
    /// The status with which the process exited, if supervisord still knew it.
    var exitStatus: Int?
    /// Why the process could not be started, in supervisord's words.
    var spawnError: String?
    /// The seconds since the process was started.
    var uptime: Double?

    init(_ event: Event) {
        self.event = event
    }

    /// When the event was received.
    var time: Timestamp { event.header.time }

    /// How severe it is: output is not judged by the channel that it was written to, because many programs log to standard error.
    var level: LogLevel {
        guard case .processState(let event) = event else {
            return .info
        }
        return switch event.transition {
        case .backoff: .warning
        case .fatal, .exited(expected: false, _): .error
        case .starting, .running, .stopping, .exited, .stopped, .unknown: .info
        }
    }

    /// Calls a function with each key and its value, in the order in which they are written, without those that are not known.
    func forEachField(_ body: (StaticString, Value) -> Void) {
        let header = event.header
        body("event", .text(header.name))
        if !header.server.isEmpty {
            body("server", .text(header.server))
        }
        if !header.pool.isEmpty {
            body("pool", .text(header.pool))
        }
        if header.serial != EventHeader.unnumbered {
            body("serial", .integer(header.serial))
        }
        if header.poolSerial != EventHeader.unnumbered {
            body("poolserial", .integer(header.poolSerial))
        }
        switch event {
        case .processState(let event): forEachField(of: event, body)
        case .processLog(let event):
            forEachField(of: event.process, body)
            body("pid", .integer(event.pid))
            body("channel", .text(event.channel.rawValue))
            body("data", .text(event.data))
        case .processCommunication(let event):
            forEachField(of: event.process, body)
            body("pid", .integer(event.pid))
            body("channel", .text(event.channel.rawValue))
            body("data", .text(event.data))
        case .remoteCommunication(let event):
            body("type", .text(event.type))
            body("data", .text(event.data))
        case .processGroup(let event): body("group", .text(event.group))
        case .tick(let event): body("when", .integer(Int(event.when.seconds)))
        case .supervisorState: break
        case .other(let event): body("data", .text(event.payload))
        }
    }

    private func forEachField(of process: ProcessName, _ body: (StaticString, Value) -> Void) {
        body("process", .text(process.process))
        body("group", .text(process.group))
    }

    private func forEachField(of event: ProcessStateEvent, _ body: (StaticString, Value) -> Void) {
        forEachField(of: event.process, body)
        body("from", .text(event.previous.name))
        switch event.transition {
        case .starting(let tries), .backoff(let tries): body("tries", .integer(tries))
        case .running(let pid), .stopping(let pid), .stopped(let pid): body("pid", .integer(pid))
        case .exited(let expected, let pid):
            body("pid", .integer(pid))
            body("expected", .boolean(expected))
        case .fatal, .unknown: break
        }
        if let exitStatus {
            body("exitstatus", .integer(exitStatus))
        }
        if let spawnError {
            body("spawnerr", .text(spawnError))
        }
        if let uptime {
            body("uptime", .seconds(uptime))
        }
    }
}
