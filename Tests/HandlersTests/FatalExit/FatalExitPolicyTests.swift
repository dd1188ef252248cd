import ListenerKit
import Testing

@testable import Handlers

@Suite struct FatalExitPolicyTests: StartupWriting {
    private static let configuration = """
        [program:web]
        command=web
        [program:job]
        command=job
        autorestart=false
        exitcodes=0,3
        [eventlistener:other]
        command=other
        events=PROCESS_STATE
        """

    private func world(_ triggers: String, programs: String? = nil) throws -> FatalExitWorld {
        try FatalExitWorld(triggers, programs: programs, Self.configuration)
    }

    @Test(
        arguments: [
            ("fatal", .fatal(.of("job"), isEarly: false)),
            ("unexpected-exit,exit,all-exited,crash-loop=1/60", nil),
        ] as [(String, FatalExitCause?)]
    )
    func aFatalProgramMeetsItsOwnTrigger(triggers: String, cause: FatalExitCause?) throws {
        var world = try world(triggers)
        #expect(world.see("job", .backoff, .fatal) == cause)
        #expect(world.policy.take([information("web", .running), information("job", .fatal)]) == cause)
    }

    @Test(
        arguments: [
            ("exit", true, true), ("exit", false, true), ("unexpected-exit", true, false),
            ("unexpected-exit", false, true), ("fatal,all-exited,crash-loop=1/60", false, false),
        ]
    )
    func anExitMeetsTheTriggersForIt(triggers: String, isExpected: Bool, isMet: Bool) throws {
        let cause = isMet ? FatalExitCause.exited(.of("job"), isExpected: isExpected) : nil
        var world = try world(triggers)
        #expect(world.see("job", .running, .exited(expected: isExpected, pid: 1)) == cause)
        let before = information("job", .exited, started: 900, stopped: 901, status: isExpected ? 3 : 7)
        #expect(world.policy.take([before]) == cause)
    }

    @Test func anExitFromBeforeDoesNotCountWhereSupervisordStartsTheProgramAgain() throws {
        let world = try world("exit")
        #expect(world.policy.take([information("web", .exited, started: 900, stopped: 901, status: 7)]) == nil)
        #expect(world.policy.take([information("web", .exited, started: 900, stopped: 901, status: 0)]) != nil)
    }

    @Test func whatAnOperatorStopsOrStartsMeetsNoTrigger() throws {
        var world = try world("fatal,exit,all-exited,crash-loop=1/60")
        #expect(world.see("web", .running, .stopping(pid: 1)) == nil)
        #expect(world.see("web", .stopping, .stopped(pid: 1)) == nil)
        #expect(world.see("web", .stopped, .starting(tries: 0)) == nil)
        #expect(world.see("web", .fatal, .starting(tries: 0)) == nil)
        #expect(world.see("web", .starting, .running(pid: 2)) == nil)
        #expect(world.see("web", .backoff, .stopped(pid: 0)) == nil)
        #expect(world.policy.take([information("web", .stopped, started: 900, stopped: 901, status: 7)]) == nil)
    }

    @Test func listenersAreNoPrograms() throws {
        var world = try world("fatal,exit")
        #expect(world.see("other", .backoff, .fatal) == nil)
        #expect(world.see("other", .running, .exited(expected: false, pid: 1)) == nil)
        #expect(world.policy.take([information("other", .fatal)]) == nil)
    }

    @Test func programsThatAreTakenOutDoNotCount() throws {
        var world = try world("fatal,exit", programs: "!job")
        #expect(world.see("job", .backoff, .fatal) == nil)
        #expect(world.policy.take([information("job", .fatal)]) == nil)
        #expect(world.see("web", .backoff, .fatal) != nil)
    }

    @Test func withoutAConfigurationEventsStillCount() throws {
        var world = try FatalExitWorld("fatal,unexpected-exit,crash-loop=1/60", nil)
        #expect(world.see("x", .backoff, .fatal) == .fatal(.of("x"), isEarly: false))
        #expect(world.see("x", .running, .exited(expected: true, pid: 1)) == nil)
        #expect(world.see("x", .running, .exited(expected: false, pid: 1)) != nil)
        #expect(world.see("x", .exited, .starting(tries: 0)) != nil)
        #expect(world.policy.take([information("x", .exited, started: 900, stopped: 901, status: 7)]) == nil)
    }

    /// While it stops, supervisord makes every process FATAL that waits for its next try.
    @Test(arguments: [(1, false), (3, false), (4, true)])
    func whereSupervisordCannotBeAskedTriesTellAFailureFromAShutdown(tries: Int, isMet: Bool) throws {
        var world = try world("fatal")
        #expect(world.see("web", .starting, .backoff(tries: tries)) == nil)
        let cause = world.see("web", .backoff, .fatal)
        #expect((cause?.verdict(nil) != nil) == isMet)
        #expect(cause?.verdict(information("web", .fatal)) != nil)
    }
}

// MARK: - Crash loops

extension FatalExitPolicyTests {
    @Test(arguments: [(4, true), (5, true), (6, false)])
    func startingAgainSoOftenWithinSomeTimeIsACrashLoop(pause: Int, isLoop: Bool) throws {
        var world = try world("crash-loop=3/10")
        var causes: [FatalExitCause?] = []
        for _ in 0..<3 {
            causes.append(world.see("web", .running, .exited(expected: false, pid: 1)))
            causes.append(world.see("web", .exited, .starting(tries: 0)))
            world.now += .seconds(pause)
        }
        #expect(causes.dropLast().allSatisfy { $0 == nil })
        #expect((causes.last != .some(nil)) == isLoop)
    }

    @Test func startsAfterFailedOnesCountToo() throws {
        var world = try world("crash-loop=2/10")
        #expect(world.see("job", .backoff, .starting(tries: 1)) == nil)
        #expect(world.see("job", .backoff, .starting(tries: 2)) != nil)
    }

    @Test func everyProcessHasACountOfItsOwn() throws {
        var world = try world("crash-loop=2/10")
        #expect(world.see("job", .backoff, .starting(tries: 1)) == nil)
        #expect(world.see("web", .backoff, .starting(tries: 1)) == nil)
    }

    @Test func anOperatorsStartIsNoneAndBeginsTheCountAnew() throws {
        var world = try world("crash-loop=2/10")
        // supervisord does not start it again.
        #expect(world.see("job", .running, .exited(expected: false, pid: 1)) == nil)
        #expect(world.see("job", .exited, .starting(tries: 0)) == nil)
        #expect(world.see("web", .backoff, .starting(tries: 1)) == nil)
        #expect(world.see("web", .stopped, .starting(tries: 1)) == nil)
        #expect(world.see("web", .backoff, .starting(tries: 1)) == nil)
        #expect(world.see("web", .backoff, .starting(tries: 2)) != nil)
    }

    @Test func theFirstOfSeveralThatIsMetIsNamed() throws {
        var world = try world("crash-loop=9/1,crash-loop=2/60")
        #expect(world.see("web", .backoff, .starting(tries: 1)) == nil)
        let cause = world.see("web", .backoff, .starting(tries: 2))
        #expect(cause?.verdict(nil)?.reason == "web was started again 2 times within 60 s")
    }
}
