import ListenerKit

/// Records what a handler was given, and what it has decided, so that a run can be replayed.
///
/// Events and the processes of snapshots are in the log already. An entry names the events that the handler was given since the entry
/// before, by their serials, and when: so each input has its place, and its exact time. Times are seconds since the first entry.
struct ReplayRecorder {
    /// So many events are named in one entry at most.
    private static let mostEvents = 200

    private let handler: String
    private let journal: Journal
    /// The time of the first entry; nil as long as there is none.
    private var began: ContinuousClock.Instant?
    /// The events since the last entry; an alarm that led to nothing but the next one has no serial.
    private var events: [(serial: Int?, time: Duration)] = []
    private var snapshotCount = 0

    /// Creates a recorder that has recorded nothing.
    ///
    /// - Parameters:
    ///   - handler: The name of the handler.
    ///   - journal: Where the entries go.
    init(of handler: String, _ journal: Journal) {
        self.handler = handler
        self.journal = journal
    }

    /// Whether anything is recorded.
    var isActive: Bool { journal.wantsDetails }

    /// Whether the first entry is still to be recorded.
    var isBeginning: Bool { began == nil }

    /// Records the first entry.
    ///
    /// - Parameters:
    ///   - now: The time by which the handler goes.
    ///   - members: Writes what the handler has read from its options and the configuration, as members of an object.
    mutating func begin(at now: ContinuousClock.Instant, members: (inout JSONText) -> Void) {
        began = now
        record(.begin) { json in
            json.key(ReplayKey.pid)
            json.number(Int(currentProcessID()))
            members(&json)
        }
    }

    /// Records that the handler is given an event.
    mutating func receive(_ event: EventHeader, at now: ContinuousClock.Instant) {
        add(event.serial, at: now)
    }

    private mutating func add(_ serial: Int?, at now: ContinuousClock.Instant) {
        events.append((serial, time(now)))
        if events.count >= Self.mostEvents {
            record(ReplayKey.events, at: now)
        }
    }

    /// Records an alarm, and what it has led to: in few words if that is routine, for there can be a hundred of these in a second.
    mutating func recordAlarm(_ decisions: [String], at now: ContinuousClock.Instant) {
        if DecisionWords.areRoutine(decisions) {
            add(nil, at: now)
        } else {
            record(ReplayKey.alarm, at: now)
            record(decisions, at: now)
        }
    }

    /// Records that the handler is given a snapshot.
    ///
    /// - Parameters:
    ///   - snapshot: The snapshot; the log has its processes.
    ///   - now: The time by which the handler goes.
    ///   - members: Writes what the handler has read from the configuration with it, as members of an object.
    mutating func receive(
        _ snapshot: Snapshot,
        at now: ContinuousClock.Instant,
        members: (inout JSONText) -> Void = { _ in }
    ) {
        snapshotCount += 1
        record(ReplayKey.snapshot, at: now) { [self] json in
            json.key(ReplayKey.number)
            json.number(snapshotCount)
            json.key(ReplayKey.asked)
            json.seconds(time(snapshot.time))
            members(&json)
        }
    }

    /// Records something that the handler is given beside events and snapshots.
    ///
    /// - Parameters:
    ///   - kind: What it is: `alarm`, for example.
    ///   - now: The time by which the handler goes.
    ///   - members: Writes more members of the object.
    mutating func record(
        _ kind: String,
        at now: ContinuousClock.Instant,
        members: (inout JSONText) -> Void = { _ in }
    ) {
        record(.input, at: now) { json in
            json.key(ReplayKey.kind)
            json.string(kind)
            members(&json)
        }
    }

    /// Records what the handler has decided because of the last input, if it has decided anything.
    ///
    /// - Parameters:
    ///   - decisions: The decisions in their order, each in words that are always the same.
    ///   - now: The time by which the handler goes.
    mutating func record(_ decisions: [String], at now: ContinuousClock.Instant) {
        guard !decisions.isEmpty else {
            return
        }
        record(.decision, at: now) { json in
            json.key(ReplayKey.decisions)
            json.array(decisions) { $0.string($1) }
        }
    }

    /// Returns the time from the first entry on.
    func time(_ time: ContinuousClock.Instant) -> Duration {
        (began ?? time).duration(to: time)
    }

    private mutating func record(
        _ kind: JournalEntry.Kind,
        at now: ContinuousClock.Instant,
        _ members: (inout JSONText) -> Void
    ) {
        let time = time(now)
        record(kind) { [events] json in
            json.key(ReplayKey.time)
            json.seconds(time)
            if !events.isEmpty {
                json.key(ReplayKey.events)
                json.array(events) { json, event in
                    json.number(event.serial)
                    json.seconds(event.time)
                }
            }
            members(&json)
        }
        events.removeAll(keepingCapacity: true)
    }

    private func record(_ kind: JournalEntry.Kind, _ members: (inout JSONText) -> Void) {
        let entry = JournalEntry(kind) { json in
            json.object { json in
                json.key(ReplayKey.handler)
                json.string(handler)
                members(&json)
            }
        }
        journal.record(entry)
    }
}
