/// Calls those methods of a handler that its protocols promise; which ones these are is found once.
///
/// A class, because a copy for each call would cost more than the call.
final class HandlerAdapter {
    /// The protocols of the rest, to be asked before a handler or an event is copied in vain.
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

    /// Finds out what a handler handles.
    init(_ handler: any Handler) {
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

    /// Has the handler handle something that it has not begun; called only when the call before has returned.
    ///
    /// In the worker's loop each of these calls would double the size of that.
    @inline(never)
    func handle(_ content: Delivery.Content) async throws {
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
