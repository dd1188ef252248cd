import Testing

@testable import ListenerKit

private struct Quiet: Handler {
    static let name = "quiet"
    static let summary = "handles nothing"
    init(_ context: Context) throws {}
}

private struct Everything: EventHandler {
    static let name = "everything"
    static let summary = "handles every event"
    init(_ context: Context) throws {}
    func handle(_ event: Event) async throws {}
}

private struct Several: ProcessStateHandler, TickHandler, SnapshotHandler, AlarmHandler, RotationHandler {
    static let name = "several"
    static let summary = "handles several kinds"
    init(_ context: Context) throws {}
    func handle(_ event: ProcessStateEvent) async throws {}
    func handle(_ event: TickEvent) async throws {}
    func handle(_ snapshot: Snapshot) async throws {}
    func handle(_ event: AlarmEvent) async throws {}
    func handle(_ event: RotationEvent) async throws {}
}

private struct Rest: ProcessLogHandler, ProcessCommunicationHandler, RemoteCommunicationHandler,
    SupervisorStateHandler, ProcessGroupHandler
{
    static let name = "rest"
    static let summary = "handles the other kinds"
    init(_ context: Context) throws {}
    func handle(_ event: ProcessLogEvent) async throws {}
    func handle(_ event: ProcessCommunicationEvent) async throws {}
    func handle(_ event: RemoteCommunicationEvent) async throws {}
    func handle(_ event: SupervisorStateEvent) async throws {}
    func handle(_ event: ProcessGroupEvent) async throws {}
}

@Suite struct CategoriesTests {
    @Test func aHandlerWantsWhatItsProtocolsSay() {
        #expect(Categories(handledBy: Quiet.self) == [])
        #expect(Categories(handledBy: Everything.self) == .everyEvent)
        #expect(Categories(handledBy: Several.self) == [.processState, .tick, .snapshot, .alarm, .rotation])
        #expect(
            Categories(handledBy: Rest.self)
                == [.processLog, .processCommunication, .remoteCommunication, .supervisorState, .processGroup]
        )
    }

    @Test func supervisordIsAskedForWhatTheProtocolsSay() {
        #expect(Quiet.events == [])
        #expect(Everything.events == [.event])
        #expect(Several.events == [.processState, .tick])
        #expect(
            Rest.events == [
                .processLog, .processCommunication, .remoteCommunication, .supervisorStateChange, .processGroup,
            ]
        )
    }

    private static let header = EventHeader(name: "")
    private static let process = ProcessName(group: "g", process: "p")

    private static let events: [(event: Event, category: Categories)] = [
        (
            .processState(
                ProcessStateEvent(header: header, process: process, previous: .backoff, transition: .fatal)
            ),
            .processState
        ),
        (
            .processLog(ProcessLogEvent(header: header, process: process, pid: 1, channel: .stdout, data: "")),
            .processLog
        ),
        (
            .processCommunication(
                ProcessCommunicationEvent(header: header, process: process, pid: 1, channel: .stdout, data: "")
            ),
            .processCommunication
        ),
        (.remoteCommunication(RemoteCommunicationEvent(header: header, type: "", data: "")), .remoteCommunication),
        (.supervisorState(SupervisorStateEvent(header: header, state: .running)), .supervisorState),
        (.tick(TickEvent(header: header, period: .minute, when: Timestamp(seconds: 0))), .tick),
        (.processGroup(ProcessGroupEvent(header: header, group: "", change: .added)), .processGroup),
        (.other(OtherEvent(header: header, payload: "")), []),
    ]

    @Test(arguments: events)
    func anEventGoesToHandlersOfItsCategoryAndOfEveryEvent(event: Event, category: Categories) {
        #expect(Categories(of: .event(event)) == category.union(.everyEvent))
    }

    @Test func deliveriesOfTheListenerItselfHaveOneCategory() {
        let now = ContinuousClock.now
        let time = Timestamp(nanoseconds: 0)
        #expect(Categories(of: .alarm(AlarmEvent(time: now))) == .alarm)
        #expect(Categories(of: .rotation(RotationEvent(time: time))) == .rotation)
        #expect(Categories(of: .snapshot(Snapshot(processes: [], reason: .start, time: now))) == .snapshot)
    }
}
