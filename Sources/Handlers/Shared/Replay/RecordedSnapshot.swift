package import ListenerKit

/// How all processes stood, as a log has it; a handler has its own time for it.
package struct RecordedSnapshot: Sendable {
    /// The number of the snapshot, counted from 1 in the life of the listener.
    package let number: Int
    private let processes: [ProcessInformation]
    private let reason: Snapshot.Reason

    /// Reads the details of an entry.
    package init(_ details: JSONValue) throws(MalformedRecord) {
        number = try details.integer("number")
        let word = try details.text("reason")
        reason =
            switch word {
            case "start": .start
            case "lost events": .lostEvents(count: try details.integer("lost"))
            case "reload": .reload
            default: .request
            }
        var processes: [ProcessInformation] = []
        for process in try details.elements("processes") {
            processes.append(try ProcessInformation(process))
        }
        self.processes = processes
    }

    /// Returns the snapshot, asked for at a time.
    func snapshot(asked time: ContinuousClock.Instant) -> Snapshot {
        Snapshot(processes: processes, reason: reason, time: time)
    }
}

extension ProcessInformation {
    /// Reads what was recorded.
    init(_ details: JSONValue) throws(MalformedRecord) {
        func time(_ key: String) -> Timestamp? { details[key]?.integer.map { Timestamp(seconds: $0) } }
        self.init(
            name: ProcessName(group: try details.text("group"), process: try details.text("process")),
            state: try details.named("state") { ProcessState(name: $0) },
            startTime: time("start"),
            stopTime: time("stop"),
            now: time("now"),
            exitStatus: try details.integer("exitstatus"),
            spawnError: details["spawnerr"]?.text,
            pid: details["pid"]?.integer
        )
        isThisListener = details["listener"]?.boolean ?? false
    }
}
