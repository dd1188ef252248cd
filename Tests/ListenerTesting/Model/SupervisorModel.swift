import ListenerKit

/// The state of a fake supervisord: its processes, pools and listeners, and the calls that have come.
struct SupervisorModel: Sendable {
    /// The phase of supervisord's life.
    enum Phase: Sendable {
        case running, shuttingDown, ended
    }

    let identifier: String
    let pid: Int
    /// The time since 1970 at which every test begins.
    static let startTime = Duration.seconds(1_800_000_001)
    /// The time since 1970, which only the test moves.
    var now = SupervisorModel.startTime
    var phase = Phase.running
    /// In the order in which supervisord starts them.
    var processes: [FakeProcess] = []
    /// The groups that exist, and those that were removed and can be added again.
    var removedPrograms: [FakeProgram] = []
    var pools: [EventPool] = []
    var listeners: [Int: ListenerRecord] = [:]
    /// The calls that have come, in order.
    var calls: [RPCCall] = []
    var disturbances: [PlannedDisturbance] = []
    /// What the gates of programs answer.
    var gates = FakeGates()
    /// Whether the test is over.
    var isClosed = false

    private(set) var nextSerial = 0
    private var nextPid = 1000

    init(identifier: String, pid: Int) {
        self.identifier = identifier
        self.pid = pid
    }

    /// Seconds since 1970.
    var seconds: Int { Int(now.components.seconds) }

    mutating func takePid() -> Int {
        nextPid += 1
        return nextPid
    }

    // MARK: Events

    mutating func emit(_ name: String, _ payload: String) {
        var serial: Int?
        for index in pools.indices {
            let copies = pools[index].copies(of: name)
            guard copies > 0 else {
                continue
            }
            let number = serial ?? nextSerial
            if serial == nil {
                nextSerial += 1
                serial = number
            }
            pools[index].accept(name, payload, serial: number, copies: copies, at: now)
        }
    }

    /// Lets alarms go off and news come, and gives events to listeners that are ready for one, in the order of time.
    mutating func dispatch() {
        for listener in listeners.keys {
            releaseNews(of: listener)
            fireAlarms(of: listener)
        }
        for index in pools.indices {
            while !pools[index].buffer.isEmpty, let listener = readyListener(of: pools[index].name),
                let event = pools[index].popFirst()
            {
                let bytes = event.bytes(server: identifier, pool: pools[index].name)
                listeners[listener]?.event = event
                listeners[listener]?.alarms.move(to: event.time)
                listeners[listener]?.dialogue.give()
                listeners[listener]?.outgoing.append(OutgoingBytes(bytes: bytes, serial: event.serial))
            }
        }
    }

    private func readyListener(of pool: String) -> Int? {
        listeners.keys.sorted().first { key in
            guard let listener = listeners[key], listener.pool == pool, listener.dialogue.state == .ready,
                listener.end == nil, !listener.isInputClosed, !listener.mustDisconnect, !listener.news.isBusy
            else {
                return false
            }
            return processes.first { $0.name == listener.process }?.state == .running
        }
    }

    /// Puts back an event that a listener has not handled.
    mutating func putBack(_ event: BufferedEvent, pool: String) {
        if let index = pools.firstIndex(where: { $0.name == pool }) {
            pools[index].putBack(event)
        }
    }
}
