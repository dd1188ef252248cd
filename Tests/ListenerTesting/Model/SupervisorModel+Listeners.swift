import ListenerKit

extension SupervisorModel {
    /// Reads what a listener has written to standard output.
    mutating func read(_ bytes: [UInt8], from listener: Int) {
        listeners[listener]?.output += bytes
        for verdict in listeners[listener]?.dialogue.read(bytes) ?? [] {
            guard let event = listeners[listener]?.event.take(), let pool = listeners[listener]?.pool else {
                continue
            }
            switch verdict {
            case .accepted:
                listeners[listener]?.acknowledged.append(event.serial)
            case .rejected:
                listeners[listener]?.rejected.append(event.serial)
                putBack(event, pool: pool)
            }
        }
    }

    /// Records that a listener's process has ended, and that all its output has been read.
    mutating func retire(_ listener: Int) {
        guard let record = listeners[listener], let end = record.end else {
            return
        }
        listeners[listener]?.isGone = true
        if let event = record.event {
            listeners[listener]?.event = nil
            putBack(event, pool: record.pool)
        }
        change(record.process) { process, time in
            if process.isAlive {
                process.finish(status: end.signal == nil ? Int(end.status) : -1, at: time)
            }
        }
    }
}

extension SupervisorModel {
    /// Reads what a listener has written to standard error.
    mutating func readErrors(_ bytes: [UInt8], from listener: Int) {
        var unfinished = listeners[listener]?.unfinishedMessage ?? []
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                listeners[listener]?.messages.append(String(decoding: unfinished, as: UTF8.self))
                unfinished = []
            } else {
                unfinished.append(byte)
            }
        }
        listeners[listener]?.unfinishedMessage = unfinished
    }

    /// Returns the name of the process in which the next listener of a pool will run.
    func nextListener(in pool: String) -> ProcessName {
        let names = [pool] + (1...100).map { "\(pool)_\($0)" }
        let free = names.first { name in !processes.contains { $0.program.name == name && $0.isAlive } } ?? pool
        return ProcessName(group: pool, process: free)
    }

    /// Registers a listener and starts its process; its pool is added if it is missing.
    mutating func enlist(_ listener: Int, _ process: ProcessName, events: [EventKind], startSeconds: Int) {
        let pool = process.group
        if !pools.contains(where: { $0.name == pool }) {
            pools.append(EventPool(pool, events, bufferSize: 1000))
        }
        if !processes.contains(where: { $0.name == process }) {
            insert([FakeProgram(process.process, group: pool, autorestart: .never, priority: -1, whenStopped: .lingers)]
            )
        }
        listeners[listener] = ListenerRecord(pool: pool, process: process)
        listeners[listener]?.alarms.move(to: now)
        change(process) { process, _ in process.program.startSeconds = startSeconds }
        try? start("\(pool):\(process.process)")
    }
}
