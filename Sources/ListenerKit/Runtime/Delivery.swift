/// Something for handlers to handle.
struct Delivery: Sendable {
    /// The event, snapshot, alarm or other content.
    let content: Content
    /// The number of the event among those that were received; 0 if it is nothing that supervisord awaits an answer to.
    let number: UInt64
    /// How many bytes of memory the content may take, beyond a fixed part.
    let size: Int

    init(_ content: Content, number: UInt64 = 0) {
        self.content = content
        self.number = number
        size = content.size
    }

    /// Each case is one reference, so that every handler can be given its own copy for nothing.
    enum Content: Sendable {
        case event(Event)
        indirect case snapshot(Snapshot)
        indirect case alarm(AlarmEvent)
        indirect case rotation(RotationEvent)
        case finishedWork

        fileprivate var size: Int {
            switch self {
            case .event(.processLog(let event)): event.data.utf8.count
            case .event(.processCommunication(let event)): event.data.utf8.count
            case .event(.remoteCommunication(let event)): event.data.utf8.count
            case .event(.other(let event)): event.payload.utf8.count
            case .snapshot(let snapshot): snapshot.processes.count * MemoryLayout<ProcessInformation>.stride
            default: 0
            }
        }
    }

    /// The kinds of content that say no more than that they have come.
    enum Signal: Int {
        case alarm, rotation, finishedWork
    }

    /// The kind of signal that this is; nil if it is none.
    var signal: Signal? {
        switch content {
        case .event, .snapshot: nil
        case .alarm: .alarm
        case .rotation: .rotation
        case .finishedWork: .finishedWork
        }
    }
}
