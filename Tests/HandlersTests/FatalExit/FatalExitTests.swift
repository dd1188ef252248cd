import ListenerTesting
import Testing

@testable import Handlers
@testable import ListenerKit

/// What the handler says, and what it asks of its listener; that it ends supervisord is shown end to end.
@Suite struct FatalExitTests {
    private static let configuration = """
        [supervisord]
        [program:web]
        command=web
        startretries=1
        [program:job]
        command=job
        autorestart=false
        """

    private func event(
        _ name: String,
        _ previous: ProcessState,
        _ transition: ProcessStateEvent.Transition
    ) -> ProcessStateEvent {
        let header = EventHeader(name: "PROCESS_STATE_\(transition.state)")
        return ProcessStateEvent(header: header, process: .of(name), previous: previous, transition: transition)
    }

    private func context(_ arguments: String..., supervisor: FakeSupervisor?) throws -> TestContext {
        try TestContext(
            for: FatalExit.self,
            arguments: arguments,
            supervisor: supervisor,
            configuration: supervisor == nil ? nil : Self.configuration
        )
    }

    @Test(
        arguments: [
            ("fatal", "--fatal-exit takes other listeners for programs"),
            (
                "exit",
                "--fatal-exit takes other listeners for programs, does not see what exited before it started"
            ),
            ("all-exited", "--fatal-exit takes other listeners for programs, cannot tell whether all have exited"),
        ]
    )
    func triggersThatNeedAConfigurationAreReportedWithoutOne(trigger: String, losses: String) throws {
        let test = try context("--fatal-exit-on=\(trigger)", supervisor: nil)
        _ = FatalExit(test.context)
        #expect(test.messages.first?.hasSuffix("; without a configuration, \(losses)") == true, "\(test.messages)")
        #expect(test.messages.count == (trigger == "all-exited" ? 2 : 1))
    }

    @Test func anAlarmIsSetOnlyWhereAFailureIsAwaited() async throws {
        let test = try context(supervisor: FakeSupervisor("web", "job"))
        let handler = FatalExit(test.context)
        await handler.handle(event("web", .stopped, .starting(tries: 0)))
        #expect(test.alarm == nil)
        await handler.handle(event("web", .starting, .backoff(tries: 1)))
        #expect(test.alarm != nil)
        await handler.handle(event("web", .backoff, .starting(tries: 1)))
        #expect(test.alarm != nil)
        await handler.handle(event("web", .starting, .running(pid: 1)))
        #expect(test.alarm == nil)
        #expect(test.messages == [])
    }

    @Test func anAlarmWakesSupervisordAndIsSetAnew() async throws {
        let supervisor = try FakeSupervisor("web", "job")
        let test = try context(supervisor: supervisor)
        let handler = FatalExit(test.context)
        await handler.handle(event("web", .starting, .backoff(tries: 1)))
        let first = try #require(test.alarm)
        await handler.handle(AlarmEvent(time: first))
        #expect(supervisor.allCalls.map { $0.method } == ["getState"])
        #expect(try #require(test.alarm) > first)
    }

    @Test func whetherAllHaveExitedIsLookedUpAndLaterWhereSupervisordDoesNotAnswer() async throws {
        let supervisor = try FakeSupervisor("web", "job")
        let test = try context("--fatal-exit-on=all-exited", supervisor: supervisor)
        let handler = FatalExit(test.context)
        await handler.handle(event("job", .running, .exited(expected: true, pid: 1)))
        #expect(supervisor.allCalls.map { $0.method } == ["getAllProcessInfo"])
        supervisor.stopAnswering()
        await handler.handle(event("job", .running, .exited(expected: true, pid: 1)))
        #expect(test.requestedSnapshots == [.milliseconds(500)])
    }

    @Test func nothingIsAwaitedWhileSupervisordStops() async throws {
        let test = try context(supervisor: FakeSupervisor("web", "job"))
        let handler = FatalExit(test.context)
        await handler.handle(event("web", .starting, .backoff(tries: 1)))
        let header = EventHeader(name: "SUPERVISOR_STATE_CHANGE_STOPPING")
        handler.handle(SupervisorStateEvent(header: header, state: .stopping))
        #expect(test.alarm == nil)
        await handler.handle(event("web", .backoff, .fatal))
        #expect(test.messages == [])
    }

    @Test func aStartupThatFailsBecauseOfAProcessThatWasRemovedSinceEndsSupervisordByACall() async throws {
        let supervisor = try FakeSupervisor("web", "job")
        try supervisor.remove("job")
        let test = try context(supervisor: supervisor)
        let shutdown = SupervisordShutdown(test.context, SupervisordProcess(pid: 0), statusPath: nil)
        #expect(await shutdown.shutDown(because: "web can no longer start", .of("job")))
        #expect(supervisor.allCalls.map { $0.method } == ["getProcessInfo", "shutdown"])
        #expect(test.messages == ["listener: error: web can no longer start; shutting down supervisord"])
    }
}
