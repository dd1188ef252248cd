import ListenerKit

extension JournalEntry {
    /// Describes how all processes were.
    init(_ snapshot: Snapshot) {
        self.init(.snapshot) { json in
            json.object { json in
                json.add(snapshot.reason)
                json.key("processes")
                json.array(snapshot.processes) { $0.add($1) }
            }
        }
    }
}

extension JSONText {
    fileprivate mutating func add(_ reason: Snapshot.Reason) {
        key("reason")
        switch reason {
        case .start: string("start")
        case .reload: string("reload")
        case .request: string("request")
        case .lostEvents(let count):
            string("lostEvents")
            key("count")
            number(count)
        @unknown default: string(nil)
        }
    }

    fileprivate mutating func add(_ process: ProcessInformation) {
        object { json in
            json.key("process")
            json.string(process.name.process)
            json.key("group")
            json.string(process.name.group)
            json.key("state")
            json.string(process.state.name)
            json.key("pid")
            json.number(process.pid)
            json.key("start")
            json.number(process.startTime.map { Int($0.seconds) })
            json.key("stop")
            json.number(process.stopTime.map { Int($0.seconds) })
            json.key("exitstatus")
            json.number(process.exitStatus)
            json.key("spawnerr")
            json.string(process.spawnError)
        }
    }
}
