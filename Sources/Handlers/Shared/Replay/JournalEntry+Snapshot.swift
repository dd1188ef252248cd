import ListenerKit

extension JournalEntry {
    /// Describes how all processes stand, as a replay and a picture of the startup need it.
    ///
    /// - Parameters:
    ///   - snapshot: How they stand.
    ///   - number: Which snapshot it is, counted from 1 in the life of the listener.
    init(_ snapshot: Snapshot, number: Int) {
        self.init(.snapshot) { json in
            json.object { json in
                json.key("number")
                json.number(number)
                json.key("reason")
                json.string(snapshot.reason.word)
                if case .lostEvents(let count) = snapshot.reason {
                    json.key("lost")
                    json.number(count)
                }
                json.key("processes")
                json.array(snapshot.processes) { $1.write(to: &$0) }
            }
        }
    }
}

extension Snapshot.Reason {
    /// The reason in a word.
    fileprivate var word: String {
        switch self {
        case .start: "start"
        case .lostEvents: "lost events"
        case .reload: "reload"
        case .request: "request"
        @unknown default: "request"
        }
    }
}

extension ProcessInformation {
    /// Writes the process; what is not known is left out.
    func write(to json: inout JSONText) {
        json.object { json in
            json.key("process")
            json.string(name.process)
            json.key("group")
            json.string(name.group)
            json.key("state")
            json.string(state.name)
            let numbers: [(String, Int?)] = [
                ("pid", pid), ("start", startTime?.wholeSeconds), ("stop", stopTime?.wholeSeconds),
                ("now", now?.wholeSeconds), ("exitstatus", exitStatus),
            ]
            for (key, number) in numbers where number != nil {
                json.key(key)
                json.number(number)
            }
            if let spawnError {
                json.key("spawnerr")
                json.string(spawnError)
            }
            if isThisListener {
                json.key("listener")
                json.boolean(true)
            }
        }
    }
}

extension Timestamp {
    fileprivate var wholeSeconds: Int { Int(seconds) }
}
