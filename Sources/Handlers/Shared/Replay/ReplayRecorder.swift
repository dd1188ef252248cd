import ListenerKit

/// Records what a handler was given beside supervisord's events, and what it has decided, so that a run can be replayed.
///
/// Events and snapshots are in the log already, in the order in which every handler gets them. All else has its place after the last
/// of these that the handler had been given. Times are nanoseconds since the handler's first entry.
struct ReplayRecorder {
    private let handler: String
    private let journal: Journal
    /// The time of the first entry; nil as long as there is none.
    private var began: ContinuousClock.Instant?
    /// The last event or snapshot that the handler was given.
    private var position = ReplayPosition.beginning
    private var snapshotCount = 0

    /// Makes a recorder.
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

    /// Records the first entry: what the handler has read from its options and the configuration.
    mutating func begin(at now: ContinuousClock.Instant, details: (inout JSONText) -> Void) {
        began = now
        record(.begin) { json in
            json.key("pid")
            json.number(currentProcessID())
            details(&json)
        }
    }

    /// Records that the handler is given an event.
    mutating func receive(_ header: EventHeader) {
        position = .event(serial: header.serial)
    }

    /// Records that the handler is given a snapshot.
    mutating func receive(_ snapshot: Snapshot, at now: ContinuousClock.Instant) {
        snapshotCount += 1
        position = .snapshot(number: snapshotCount)
        record("snapshot", at: now) { json in
            json.key("asked")
            json.number(nanoseconds(snapshot.time))
        }
    }

    /// Records something that the handler is given beside events.
    ///
    /// - Parameters:
    ///   - kind: What it is: `alarm`, for example.
    ///   - now: The time by which the handler goes.
    ///   - details: Writes more members of the object.
    func record(_ kind: String, at now: ContinuousClock.Instant, details: (inout JSONText) -> Void = { _ in }) {
        record(.input) { json in
            writePlace(at: now, &json)
            json.key("kind")
            json.string(kind)
            details(&json)
        }
    }

    /// Records what the handler has decided, if it has decided anything.
    ///
    /// - Parameters:
    ///   - decisions: The decisions in their order, each in words that are always the same.
    ///   - now: The time by which the handler goes.
    func record(_ decisions: [String], at now: ContinuousClock.Instant) {
        guard !decisions.isEmpty else {
            return
        }
        record(.decision) { json in
            writePlace(at: now, &json)
            json.key("decisions")
            json.array(decisions) { $0.string($1) }
        }
    }

    /// Returns the nanoseconds from the first entry to a time.
    func nanoseconds(_ time: ContinuousClock.Instant) -> Int {
        (began ?? time).duration(to: time).wholeNanoseconds
    }

    private func writePlace(at now: ContinuousClock.Instant, _ json: inout JSONText) {
        json.key("at")
        json.number(nanoseconds(now))
        json.key("after")
        position.write(to: &json)
    }

    private func record(_ kind: JournalEntry.Kind, _ members: (inout JSONText) -> Void) {
        let entry = JournalEntry(kind) { json in
            json.object { json in
                json.key("handler")
                json.string(handler)
                members(&json)
            }
        }
        journal.record(entry)
    }
}

extension Duration {
    /// The duration in nanoseconds; the longest that fits if it does not.
    var wholeNanoseconds: Int {
        let (seconds, attoseconds) = components
        let (product, overflows) = Int(clamping: seconds).multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, isTooLong) = product.addingReportingOverflow(Int(attoseconds / 1_000_000_000))
        return overflows || isTooLong ? (seconds < 0 ? .min : .max) : sum
    }
}
