/// Calls those methods of a handler that its protocols promise; which ones these are is found once.
struct Dispatch {
    /// What the rest holds, to be asked before a handler or an event is copied in vain.
    private let categories: Categories
    private let everyEvent: (any EventHandler)?
    private let processState: (any ProcessStateHandler)?
    private let processLog: (any ProcessLogHandler)?
    private let processCommunication: (any ProcessCommunicationHandler)?
    private let remoteCommunication: (any RemoteCommunicationHandler)?
    private let supervisorState: (any SupervisorStateHandler)?
    private let tick: (any TickHandler)?
    private let processGroup: (any ProcessGroupHandler)?
    private let snapshot: (any SnapshotHandler)?
    private let alarm: (any AlarmHandler)?
    private let rotation: (any RotationHandler)?
    private let finishedWork: (any FinishedWorkHandler)?

    init(_ handler: some Handler) {
        categories = Categories(handledBy: type(of: handler))
        everyEvent = handler as? any EventHandler
        processState = handler as? any ProcessStateHandler
        processLog = handler as? any ProcessLogHandler
        processCommunication = handler as? any ProcessCommunicationHandler
        remoteCommunication = handler as? any RemoteCommunicationHandler
        supervisorState = handler as? any SupervisorStateHandler
        tick = handler as? any TickHandler
        processGroup = handler as? any ProcessGroupHandler
        snapshot = handler as? any SnapshotHandler
        alarm = handler as? any AlarmHandler
        rotation = handler as? any RotationHandler
        finishedWork = handler as? any FinishedWorkHandler
    }

    /// Has the handler handle something.
    ///
    /// It is called from one place for each event and handler; by itself it would be one more asynchronous frame.
    @inline(__always)
    func callAsFunction(_ content: Delivery.Content) async throws {
        switch content {
        case .event(let event):
            let wanted = categories.intersection(Categories(of: content))
            if wanted.contains(.everyEvent) {
                try await everyEvent?.handle(event)
            }
            guard wanted != .everyEvent else {
                return
            }
            switch event {
            case .processState(let event): try await processState?.handle(event)
            case .processLog(let event): try await processLog?.handle(event)
            case .processCommunication(let event): try await processCommunication?.handle(event)
            case .remoteCommunication(let event): try await remoteCommunication?.handle(event)
            case .supervisorState(let event): try await supervisorState?.handle(event)
            case .tick(let event): try await tick?.handle(event)
            case .processGroup(let event): try await processGroup?.handle(event)
            case .other: break
            }
        case .snapshot(let event): try await snapshot?.handle(event)
        case .alarm(let event): try await alarm?.handle(event)
        case .rotation(let event): try await rotation?.handle(event)
        case .finishedWork: try await finishedWork?.handleFinishedWork()
        }
    }
}
