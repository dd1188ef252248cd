extension Categories {
    /// Returns the categories whose handlers are called with some content; one of them is enough.
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
            case .finishedWork: .finishedWork
            }
    }
}
