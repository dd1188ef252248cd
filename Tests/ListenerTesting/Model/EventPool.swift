import ListenerKit

/// The events that wait for the listeners of one section, up to the size of its buffer.
struct EventPool: Sendable {
    let name: String
    let subscriptions: [EventKind]
    let bufferSize: Int
    private(set) var buffer: [BufferedEvent] = []
    /// The serials of events that were discarded, since the buffer was full.
    private(set) var discarded: [Int] = []
    private var nextSerial = 0

    init(_ name: String, _ subscriptions: [EventKind], bufferSize: Int) {
        var seen: Set<EventKind> = []
        self.name = name
        self.subscriptions = subscriptions.filter { seen.insert($0).inserted }
        self.bufferSize = bufferSize
    }

    /// How many times the pool gets an event: once for each name in `events=` that includes it.
    func copies(of name: String) -> Int {
        guard let kind = EventKind(rawValue: name) else {
            return subscriptions.contains(.event) ? 1 : 0
        }
        return subscriptions.count { $0.includes(kind) }
    }

    mutating func accept(_ name: String, _ payload: String, serial: Int, copies: Int, at time: Duration) {
        let event = BufferedEvent(name: name, payload: payload, serial: serial, poolSerial: nextSerial, time: time)
        nextSerial += 1
        for _ in 0..<copies {
            makeRoom()
            buffer.append(event)
        }
    }

    /// Puts back what a listener has not handled, before everything else.
    mutating func putBack(_ event: BufferedEvent) {
        makeRoom()
        buffer.insert(event, at: 0)
    }

    mutating func takeFirst() -> BufferedEvent? {
        buffer.isEmpty ? nil : buffer.removeFirst()
    }

    /// A reload makes the pool anew.
    mutating func reset() {
        buffer.removeAll()
        nextSerial = 0
    }

    private mutating func makeRoom() {
        if buffer.count >= bufferSize, !buffer.isEmpty {
            discarded.append(buffer.removeFirst().serial)
        }
    }
}
