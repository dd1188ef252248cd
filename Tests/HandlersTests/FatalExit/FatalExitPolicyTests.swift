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
        #expect(world.policy.cause(in: [information("web", .running), information("job", .fatal)]) == cause)
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
        #expect(world.policy.cause(in: [before]) == cause)
    }

    @Test func anExitFromBeforeDoesNotCountWhereSupervisordStartsTheProgramAgain() throws {
        let world = try world("exit")
        #expect(world.policy.cause(in: [information("web", .exited, started: 900, stopped: 901, status: 7)]) == nil)
        #expect(world.policy.cause(in: [information("web", .exited, started: 900, stopped: 901, status: 0)]) != nil)
    }

    @Test func operatorStopsAndStartsMeetNoTrigger() throws {
        var world = try world("fatal,exit,all-exited,crash-loop=1/60")
        #expect(world.see("web", .running, .stopping(pid: 1)) == nil)
        #expect(world.see("web", .stopping, .stopped(pid: 1)) == nil)
        #expect(world.see("web", .stopped, .starting(tries: 0)) == nil)
        #expect(world.see("web", .fatal, .starting(tries: 0)) == nil)
        #expect(world.see("web", .starting, .running(pid: 2)) == nil)
        #expect(world.see("web", .backoff, .stopped(pid: 0)) == nil)
        #expect(world.policy.cause(in: [information("web", .stopped, started: 900, stopped: 901, status: 7)]) == nil)
    }

    @Test func listenersAreNoPrograms() throws {
        var world = try world("fatal,exit")
        #expect(world.see("other", .backoff, .fatal) == nil)
        #expect(world.see("other", .running, .exited(expected: false, pid: 1)) == nil)
        #expect(world.policy.cause(in: [information("other", .fatal)]) == nil)
    }

    @Test func programsThatAreTakenOutDoNotCount() throws {
        var world = try world("fatal,exit", programs: "!job")
        #expect(world.see("job", .backoff, .fatal) == nil)
        #expect(world.policy.cause(in: [information("job", .fatal)]) == nil)
        #expect(world.see("web", .backoff, .fatal) != nil)
    }

    @Test func withoutAConfigurationEventsStillCount() throws {
        var world = try FatalExitWorld("fatal,unexpected-exit,crash-loop=1/60", nil)
        #expect(world.see("x", .backoff, .fatal) == .fatal(.of("x"), isEarly: false))
        #expect(world.see("x", .running, .exited(expected: true, pid: 1)) == nil)
        #expect(world.see("x", .running, .exited(expected: false, pid: 1)) != nil)
        #expect(world.see("x", .exited, .starting(tries: 0)) != nil)
        #expect(world.policy.cause(in: [information("x", .exited, started: 900, stopped: 901, status: 7)]) == nil)
    }

    /// While it stops, supervisord makes every process FATAL that waits for its next try.
    @Test(arguments: [(1, false), (3, false), (4, true)])
    func withoutAServerTriesTellAFailureFromAShutdown(tries: Int, isMet: Bool) throws {
        var world = try world("fatal")
        #expect(world.see("web", .starting, .backoff(tries: tries)) == nil)
        let cause = world.see("web", .backoff, .fatal)
        #expect((cause?.verdict(nil) != nil) == isMet)
        #expect(cause?.verdict(information("web", .fatal)) != nil)
    }
}

// MARK: - Versions of supervisord

extension FatalExitPolicyTests {
    /// What supervisord sends of a program that always fails, until it is FATAL: 4.0 and 4.1 count failures one too low in BACKOFF.
    private static func failures(_ count: Int, countsFromZero: Bool) -> [ProcessStateEvent.Transition] {
        (0..<count).flatMap { tries -> [ProcessStateEvent.Transition] in
            [.starting(tries: tries), .backoff(tries: countsFromZero ? tries : tries + 1)]
        }
    }

    /// Whether FATAL ends supervisord if that cannot be asked.
    private func isMet(
        after transitions: [ProcessStateEvent.Transition],
        _ configuration: String? = Self.configuration
    ) throws -> Bool {
        var world = try FatalExitWorld("fatal", configuration)
        for transition in transitions {
            #expect(world.see("web", .starting, transition) == nil)
        }
        return world.see("web", .backoff, .fatal)?.verdict(nil) != nil
    }

    @Test(arguments: [false, true], [0, 1, 3])
    func triesAreCountedAlikeInEveryVersion(countsFromZero: Bool, startRetries: Int) throws {
        let configuration = "[program:web]\ncommand=web\nstartretries=\(startRetries)\n"
        for count in 1...startRetries + 1 {
            let all = Self.failures(count, countsFromZero: countsFromZero)
            let isMet = count == startRetries + 1
            #expect(try self.isMet(after: all, configuration) == isMet, "\(count) failures")
            // A listener that does not get STARTING learns it from the first failure.
            let backoffs = all.filter { $0.state == .backoff }
            #expect(try self.isMet(after: backoffs, configuration) == isMet, "\(count) failures")
            // One that came later learns it from the last start.
            #expect(try self.isMet(after: all.suffix(2), configuration) == isMet || count == 1, "\(count) failures")
        }
    }

    @Test func countingFromZeroIsInferredFromAnyProgram() throws {
        var world = try world("fatal")
        _ = world.see("job", .starting, .backoff(tries: 0))
        _ = world.see("web", .starting, .backoff(tries: 3))
        #expect(world.see("web", .backoff, .fatal)?.verdict(nil) != nil)
        var later = try self.world("fatal")
        _ = later.see("web", .starting, .backoff(tries: 3))
        #expect(later.see("web", .backoff, .fatal)?.verdict(nil) == nil)
    }

    @Test(arguments: [false, true])
    func failuresBeforeTheLastRunDoNotCount(countsFromZero: Bool) throws {
        let before = Self.failures(3, countsFromZero: countsFromZero) + [.starting(tries: 3), .running(pid: 1)]
        let since = Self.failures(2, countsFromZero: countsFromZero)
        #expect(try !isMet(after: before + since))
        #expect(try isMet(after: before + Self.failures(4, countsFromZero: countsFromZero)))
    }

    @Test func withoutAConfigurationNoFatalIsEarly() throws {
        #expect(try isMet(after: Self.failures(1, countsFromZero: false), nil))
    }

    @Test(arguments: ["fatal", "fatal,exit", "fatal,crash-loop=3/60"])
    func processesThatAreGoneAreForgotten(triggers: String) throws {
        var world = try FatalExitWorld(triggers, "")
        var nudges = FailureNudges()
        var wasCrowded = false
        for number in 0..<100_000 {
            let transition = number % 2 == 0 ? ProcessStateEvent.Transition.starting(tries: 1) : .backoff(tries: 2)
            let judgement = world.judge("p\(number)", .backoff, transition)
            nudges.apply(transition, to: .of("p\(number)"), startRetries: 3, at: world.now)
            wasCrowded = wasCrowded || judgement?.isCrowded ?? false && nudges.isCrowded
            if judgement?.isCrowded ?? false || nudges.isCrowded {
                world.policy.forgetAll(except: [.of("p\(number)")])
                nudges.forgetAll(except: [.of("p\(number)")])
            }
        }
        #expect(wasCrowded)
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
        #expect(cause?.verdict(nil)?.reason == "web was restarted 2 times within 60 s")
    }
}
