package import ListenerKit

/// Replays what one handler was given in one life of a listener, and compares what it decides with what it has decided then.
package struct ReplayRun {
    /// The decisions that followed from one input.
    package struct Step: Equatable, Sendable {
        /// When the handler was given the input, since its first entry.
        package let time: Duration
        /// The input in words: `PROCESS_STATE_RUNNING web`, `snapshot`, `alarm`.
        package let input: String
        /// What it had decided, as the log has it.
        package let recorded: [String]
        /// What it decides now.
        package let replayed: [String]

        /// Whether it decides the same.
        package var isSame: Bool { recorded == replayed }
    }

    /// The steps that led to decisions, then or now.
    package private(set) var steps: [Step] = []
    /// How many inputs were replayed, also those that led to no decision.
    package private(set) var inputCount = 0

    private let clock = ReplayClock()
    private let events: [Int: Event]
    private let snapshots: [Int: RecordedSnapshot]
    private let lastSerial: Int
    private let lastSnapshot: Int
    /// The last input, and what follows from it now; nil once it is compared.
    private var last: (time: Duration, input: String, decisions: [String])?

    /// Replays a handler.
    ///
    /// - Parameters:
    ///   - type: The handler.
    ///   - beginning: The details of its first entry.
    ///   - entries: The details of its other entries, in their order.
    ///   - events: The events of the log, by their serials.
    ///   - snapshots: The snapshots of the log, by their numbers.
    /// - Throws: ``MalformedRecord`` if the record cannot be read, or lacks something.
    package init<Replay: HandlerReplay>(
        of type: Replay.Type,
        _ beginning: JSONValue,
        _ entries: [JSONValue],
        events: [Int: Event],
        snapshots: [Int: RecordedSnapshot]
    ) throws(MalformedRecord) {
        self.events = events
        self.snapshots = snapshots
        lastSerial = events.keys.max() ?? -1
        lastSnapshot = snapshots.keys.max() ?? 0
        var replay = try Replay(beginning, clock)
        // If the listener was killed, the log may lack what it had just been given, and what followed from the last input: that is
        // compared only if it is there.
        for entry in entries {
            guard try !isBeyondEnd(entry) else {
                return
            }
            try follow(entry, &replay)
        }
    }

    /// Whether an entry is about what came after all that the log has.
    private func isBeyondEnd(_ entry: JSONValue) throws(MalformedRecord) -> Bool {
        let places = entry[ReplayKey.events] == nil ? [] : try entry.elements(ReplayKey.events)
        let serials = stride(from: 0, to: places.count, by: 2).compactMap { places[$0].integer }
        if let latest = serials.max(), latest > lastSerial {
            return true
        }
        return entry[ReplayKey.kind]?.text == ReplayKey.snapshot
            && (entry[ReplayKey.number]?.integer ?? 0) > lastSnapshot
    }

    private mutating func follow(_ entry: JSONValue, _ replay: inout some HandlerReplay) throws(MalformedRecord) {
        let kind = entry[ReplayKey.kind]?.text
        let hasOwnInput = kind.map { $0 != ReplayKey.events } ?? false
        let places = entry[ReplayKey.events] == nil ? [] : try entry.elements(ReplayKey.events)
        for index in stride(from: 0, to: places.count - 1, by: 2) {
            guard let time = places[index + 1].exactSeconds else {
                throw MalformedRecord("the events of an entry are not serials and times")
            }
            guard let serial = places[index].integer else {
                let decisions = try replay.apply(ReplayKey.alarm, .null, at: clock.time(time))
                let isRoutine = DecisionWords.areRoutine(decisions)
                begin(ReplayKey.alarm, at: time, isRoutine ? [] : decisions + [DecisionWords.notRoutine])
                continue
            }
            // What the record says of an event beside its time, it says with the last one.
            let isLast = index + 2 >= places.count
            try giveEvent(serial, at: time, isLast ? kind : nil, &replay)
        }
        let time = try entry.seconds(ReplayKey.time)
        if let kind, hasOwnInput {
            try give(kind, entry, at: time, &replay)
        } else if entry[ReplayKey.decisions] != nil {
            compare(with: try entry.texts(ReplayKey.decisions))
        }
    }

    private mutating func giveEvent(
        _ serial: Int,
        at time: Duration,
        _ kind: String?,
        _ replay: inout some HandlerReplay
    ) throws(MalformedRecord) {
        guard let event = events[serial] else {
            throw MalformedRecord("the log lacks the event with the serial \(serial)")
        }
        begin(event.words, at: time, replay.apply(event, kind, at: clock.time(time)))
    }

    private mutating func give(
        _ kind: String,
        _ details: JSONValue,
        at time: Duration,
        _ replay: inout some HandlerReplay
    ) throws(MalformedRecord) {
        let now = clock.time(time)
        guard kind == ReplayKey.snapshot else {
            return begin(kind, at: time, try replay.apply(kind, details, at: now))
        }
        let number = try details.integer(ReplayKey.number)
        guard let recorded = snapshots[number] else {
            throw MalformedRecord("the log lacks snapshot \(number)")
        }
        let snapshot = recorded.snapshot(asked: clock.time(try details.seconds(ReplayKey.asked)))
        begin("snapshot \(number)", at: time, try replay.apply(snapshot, details, at: now))
    }

    /// Records what follows from an input; whatever followed from the one before has been compared, or should have been nothing.
    private mutating func begin(_ input: String, at time: Duration, _ decisions: [String]) {
        compare(with: [])
        inputCount += 1
        last = (time, input, decisions)
    }

    private mutating func compare(with recorded: [String]) {
        guard let last, !last.decisions.isEmpty || !recorded.isEmpty else {
            return
        }
        steps.append(Step(time: last.time, input: last.input, recorded: recorded, replayed: last.decisions))
        self.last = (last.time, last.input, [])
    }
}

extension Event {
    /// The event in words: its name, and the process or group that it is about.
    fileprivate var words: String {
        switch self {
        case .processState(let event): "\(event.header.name) \(event.process)"
        case .processGroup(let event): "\(event.header.name) \(event.group)"
        default: header.name
        }
    }
}
