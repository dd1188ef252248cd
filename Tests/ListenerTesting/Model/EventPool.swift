import ListenerKit

/// The buffer of one listener section: the events that wait for its listeners.
struct EventPool: Sendable {
    let name: String
    let subscriptions: [EventKind]
    let bufferSize: Int
    private(set) var buffer: [BufferedEvent] = []
    /// The serials of the events that were dropped because the buffer was full.
    private(set) var discarded: [Int] = []
    private var nextSerial = 0

    init(_ name: String, _ subscriptions: [EventKind], bufferSize: Int) {
        var seen: Set<EventKind> = []
        self.name = name
        self.subscriptions = subscriptions.filter { seen.insert($0).inserted }
        self.bufferSize = bufferSize
    }

    /// Returns how many times the pool gets an event: once for each name in `events=` that includes it.
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

    /// Puts back an event that a listener has not handled, before all others.
    mutating func putBack(_ event: BufferedEvent) {
        makeRoom()
        buffer.insert(event, at: 0)
    }

    mutating func popFirst() -> BufferedEvent? {
        buffer.isEmpty ? nil : buffer.removeFirst()
    }

    /// Empties the buffer and resets `poolserial`, as a reload does.
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
