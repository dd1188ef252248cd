/// The kinds of deliveries for which a handler conforms to protocols.
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

    init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// Names the categories of a delivery; a handler of one of them is given it.
    init(of content: Delivery.Content) {
        self =
            switch content {
            case .event(.processState): [.everyEvent, .processState]
            case .event(.processLog): [.everyEvent, .processLog]
            case .event(.processCommunication): [.everyEvent, .processCommunication]
            case .event(.remoteCommunication): [.everyEvent, .remoteCommunication]
            case .event(.supervisorState): [.everyEvent, .supervisorState]
            case .event(.tick): [.everyEvent, .tick]
            case .event(.processGroup): [.everyEvent, .processGroup]
            case .event(.other): .everyEvent
            case .snapshot: .snapshot
            case .alarm: .alarm
            case .rotation: .rotation
            }
    }
}
