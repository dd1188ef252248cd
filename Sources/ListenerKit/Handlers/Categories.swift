/// The kinds of content that a handler conforms to protocols for.
struct Categories: OptionSet, Sendable {
    let rawValue: UInt16

    static let everyEvent = Categories(rawValue: 1 << 0)
    static let processState = Categories(rawValue: 1 << 1)
    static let processLog = Categories(rawValue: 1 << 2)
    static let processCommunication = Categories(rawValue: 1 << 3)
    static let remoteCommunication = Categories(rawValue: 1 << 4)
    static let supervisorState = Categories(rawValue: 1 << 5)
    static let tick = Categories(rawValue: 1 << 6)
    static let processGroup = Categories(rawValue: 1 << 7)
    static let snapshot = Categories(rawValue: 1 << 8)
    static let alarm = Categories(rawValue: 1 << 9)
    static let rotation = Categories(rawValue: 1 << 10)
    static let finishedWork = Categories(rawValue: 1 << 11)

    init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// Returns the categories of events that a type of handler handles.
    init(handledBy type: any Handler.Type) {
        self = []
        if type is any EventHandler.Type { insert(.everyEvent) }
        if type is any ProcessStateHandler.Type { insert(.processState) }
        if type is any ProcessLogHandler.Type { insert(.processLog) }
        if type is any ProcessCommunicationHandler.Type { insert(.processCommunication) }
        if type is any RemoteCommunicationHandler.Type { insert(.remoteCommunication) }
        if type is any SupervisorStateHandler.Type { insert(.supervisorState) }
        if type is any TickHandler.Type { insert(.tick) }
        if type is any ProcessGroupHandler.Type { insert(.processGroup) }
        if type is any SnapshotHandler.Type { insert(.snapshot) }
        if type is any AlarmHandler.Type { insert(.alarm) }
        if type is any RotationHandler.Type { insert(.rotation) }
        if type is any FinishedWorkHandler.Type { insert(.finishedWork) }
    }

    /// The names in `events=` by which supervisord sends them; it is not asked for what the listener makes itself.
    var eventKinds: [EventKind] {
        guard !contains(.everyEvent) else {
            return [.event]
        }
        let kinds: [(Categories, EventKind)] = [
            (.processState, .processState), (.processLog, .processLog),
            (.processCommunication, .processCommunication), (.remoteCommunication, .remoteCommunication),
            (.supervisorState, .supervisorStateChange), (.tick, .tick), (.processGroup, .processGroup),
        ]
        return kinds.filter { contains($0.0) }.map { $0.1 }
    }
}
