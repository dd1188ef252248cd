import ListenerKit
import ListenerTesting
import Testing

@Suite struct TestContextTests {
    @Test func aHandlerCanBeTestedByItself() async throws {
        let supervisor = try FakeSupervisor("web")
        let test = try TestContext(for: Caller.self, arguments: ["--caller-name=web"], supervisor: supervisor)
        let handler = Caller(test.context)
        let moment = ContinuousClock.now
        try await handler.handle(AlarmEvent(time: moment))
        #expect(test.messages == ["listener: info: started web"])
        #expect(test.alarm == moment + .seconds(1))
        #expect(test.requestedSnapshots == [.seconds(2)])
        #expect(supervisor.allCalls == [RPCCall("startProcess", "web", false)])
    }

    @Test func argumentsAreReadAsOnTheCommandLine() {
        #expect(throws: UsageError.self) { try TestContext(for: Caller.self, arguments: ["--caller-nam=web"]) }
    }
}

private struct Caller: AlarmHandler {
    static let name = "caller"
    static let summary = "starts a program"
    static var events: [EventKind] { [] }
    static var options: [any OptionDeclaration] { [nameOption] }
    static var nameOption: Option<String> { Option("name", "program", help: "which one", default: "x") }
    let context: Context

    init(_ context: Context) {
        self.context = context
    }

    func handle(_ event: AlarmEvent) async throws {
        let name = context[Self.nameOption]
        try await context.supervisor().startProcess(name, wait: false)
        context.reporter.report(.info, "started \(name)")
        context.setAlarm(at: event.time + .seconds(1))
        context.requestSnapshot(after: .seconds(2))
    }
}
