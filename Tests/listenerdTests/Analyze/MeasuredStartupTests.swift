import ListenerKit
import Testing

@testable import listenerd

@Suite struct MeasuredStartupTests {
    private static let program = SampleLog.program

    private static func bar(_ name: String, _ log: SampleLog) throws -> StartupTimeline.Bar {
        try #require(StartupTimeline(try log.startup).bars.first { $0.name == name })
    }

    private static func chain(_ log: SampleLog) throws -> [String] {
        let timeline = StartupTimeline(try log.startup)
        return timeline.criticalChain.map { timeline.bars[$0].name }
    }

    @Test func eachProcessHasItsTimesAndTheChainNamesWhatTookLongest() throws {
        var log = SampleLog()
        try log.begin(
            SampleLog.program("db", after: "", "ready=tcp://db:1") + SampleLog.program("cache")
                + SampleLog.program("migrate", after: "db") + SampleLog.program("web", after: "migrate:completed cache")
        )
        log.start("db", at: 0.1, runningAt: 1.1)
        log.start("cache", at: 0.11, runningAt: 1.12)
        log.becomeReady("db", at: 2)
        log.start("migrate", at: 2.01, runningAt: 3.01)
        log.exit("migrate", at: 4)
        log.start("web", at: 4.02, runningAt: 5.02)
        let timeline = StartupTimeline(try log.startup)
        #expect(timeline.bars.map { $0.name } == ["db", "cache", "migrate", "web"])
        let (db, migrate, web) = (timeline.bars[0], timeline.bars[2], timeline.bars[3])
        #expect((db.started, db.running, db.ready) == (0.1, 1.1, 2))
        #expect(db.waits.isEmpty)
        #expect(migrate.outcome == .completed)
        #expect(migrate.exited == 4)
        #expect(migrate.waits.map { $0.condition } == ["ready"])
        #expect(web.waits.map { $0.bar } == [2, 1])
        #expect(web.waits.map { $0.condition } == ["completed", "running"])
        #expect(web.waits.map { $0.time } == [4, 1.12])
        #expect(web.outcome == .ready)
        // Nobody waits for web, so supervisord's late look at it does not count.
        #expect(timeline.total == 5.02)
        #expect(try Self.chain(log) == ["db", "migrate", "web"])
    }

    @Test func aParentOfSeveralProcessesIsThereOnceAllAre() throws {
        let several = ["numprocs=2", "process_name=%(program_name)s_%(process_num)d"].joined(separator: "\n")
        var log = SampleLog()
        try log.begin(
            SampleLog.program("web", after: "", several) + SampleLog.program("a") + SampleLog.program("b")
                + "[group:g]\nprograms=a,b\n" + SampleLog.program("last", after: "web g:* web:web_0")
        )
        log.start("web:web_0", at: 0.1, runningAt: 1.1)
        log.start("web:web_1", at: 0.2, runningAt: 1.3)
        log.start("g:a", at: 0.3, runningAt: 1.5)
        log.start("g:b", at: 0.4, runningAt: 1.4)
        log.start("last", at: 1.6)
        let timeline = StartupTimeline(try log.startup)
        let last = try #require(timeline.bars.last)
        #expect(last.waits.map { timeline.bars[$0.bar].name } == ["web:web_1", "g:a", "web:web_0"])
        #expect(last.waits.map { $0.time } == [1.3, 1.5, 1.1])
        #expect(timeline.criticalChain.map { timeline.bars[$0].name } == ["g:a", "last"])
    }

    @Test func anyOfSeveralConditionsWillDo() throws {
        var log = SampleLog()
        try log.begin(SampleLog.program("job") + SampleLog.program("web", after: "job:completed,fatal,running"))
        log.start("job", at: 0.1, runningAt: 1.1)
        log.start("web", at: 1.12, runningAt: 2)
        let wait = try #require(try Self.bar("web", log).waits.first)
        #expect(wait.condition == "running")
        #expect(wait.time == 1.1)
    }

    @Test func anOptionalParentThatHasFailedHoldsNobodyBack() throws {
        var log = SampleLog()
        try log.begin(SampleLog.program("cache") + SampleLog.program("web", after: "cache?"))
        log.start("cache", at: 0.1)
        log.enter(.backoff, "cache", at: 0.5, #","tries":1"#)
        log.enter(.fatal, "cache", at: 0.6, #","spawnerr":"Exited too quickly""#)
        log.start("web", at: 0.62, runningAt: 1.62)
        let cache = try Self.bar("cache", log)
        #expect(cache.outcome == .failed("FATAL: Exited too quickly"))
        #expect(cache.failures == 1)
        #expect(try Self.bar("web", log).waits.first?.time == 0.6)
        #expect(try Self.chain(log) == ["cache", "web"])
    }

    @Test func aProcessThatIsTriedAgainHasItsRestartsAndFailures() throws {
        var log = SampleLog()
        try log.begin(SampleLog.program("a", after: "", "autorestart=true") + SampleLog.program("b", after: "a"))
        log.start("a", at: 0.1)
        log.enter(.backoff, "a", at: 0.5, #","tries":1"#)
        log.enter(.starting, "a", at: 1.5, #","tries":1"#)
        log.enter(.running, "a", at: 2.5, #","pid":9"#)
        log.start("b", at: 2.52, runningAt: 3.52)
        log.exit("a", at: 10, expected: false, status: 3)
        log.enter(.starting, "a", at: 10.1)
        log.enter(.running, "a", at: 11.1, #","pid":9"#)
        let bar = try Self.bar("a", log)
        #expect((bar.started, bar.running) == (0.1, 2.5))
        #expect((bar.restarts, bar.failures) == (2, 2))
        #expect(bar.outcome == .ready)
        #expect(try log.startup.total == 3.52)
    }

    @Test(arguments: [
        ("autorestart=false", StartupTimeline.Bar.Outcome.failed("exited unexpectedly with status 3")),
        ("autorestart=true", .unfinished("starting")),
    ])
    func aProcessThatExitsUnexpectedlyHasFailedUnlessItIsStartedAgain(
        key: String,
        outcome: StartupTimeline.Bar.Outcome
    ) throws {
        var log = SampleLog()
        try log.begin(SampleLog.program("job", after: "", key) + SampleLog.program("web", after: "job:completed"))
        log.start("job", at: 0.1)
        log.exit("job", at: 1.1, expected: false, status: 3)
        if key.hasSuffix("true") {
            log.enter(.starting, "job", at: 1.2)
        }
        let bar = try Self.bar("job", log)
        #expect(bar.failures == 1)
        if key.hasSuffix("false") {
            #expect(bar.outcome == outcome)
        }
        #expect(try Self.bar("web", log).outcome == .unfinished("waiting for job (completed)"))
    }

    @Test func aStartThatIsRefusedHasNoEventButAnAnswer() throws {
        var log = SampleLog()
        try log.begin(SampleLog.program("web"))
        log.snapshot([("web", .stopped)], at: 0.1)
        log.add(
            "LISTENERD_INPUT",
            at: 0.2,
            #","details":{"handler":"ordered-startup","kind":"answer","process":"web","outcome":"no-command","reason":"NO_FILE"}"#
        )
        log.start("other", at: 0.3)
        #expect(try Self.bar("web", log).outcome == .failed("cannot be started: NO_FILE"))
    }

    @Test func whatWasUpBeforeTheListenerWaitedForNothing() throws {
        var log = SampleLog()
        try log.begin(
            "[program:db]\ncommand=sleep\n[program:hand]\ncommand=sleep\nautostart=false\n"
                + SampleLog.program("web", after: "db")
        )
        log.snapshot([("db", .running), ("hand", .stopped), ("web", .stopped)], at: 0.1)
        log.start("web", at: 0.12, runningAt: 1.12)
        log.start("hand", at: 100, runningAt: 101)
        let timeline = StartupTimeline(try log.startup)
        #expect(timeline.bars.map { $0.name } == ["db", "web"])
        #expect(timeline.bars[0].ready == 0.1)
        #expect(timeline.total == 1.12)
    }

    @Test func gatesForWhichNobodyWaitsNeedNotPass() throws {
        var log = SampleLog()
        try log.begin(SampleLog.program("db", after: "", "ready=tcp://db:1"))
        log.start("db", at: 0.1, runningAt: 1.1)
        log.add("LISTENERD", at: 50, #","message":"x""#)
        #expect(try log.startup.total == 1.1)
        #expect(try Self.bar("db", log).outcome == .ready)
    }

    @Test func supervisordsLateLookAtWhatNobodyWaitsForIsNoTimeOfTheProcess() throws {
        var log = SampleLog()
        try log.begin(
            SampleLog.program("a") + SampleLog.program("b", after: "a")
                + SampleLog.program("c", after: "", "startsecs=9")
        )
        log.start("a", at: 0.1, runningAt: 1.8)
        log.start("b", at: 1.82, runningAt: 3.7)
        log.start("c", at: 1.83, runningAt: 20)
        #expect(try Self.bar("a", log).running == 1.8)
        #expect(try Self.bar("b", log).running == 2.82)
        // That is later than supervisord ever is.
        #expect(try Self.bar("c", log).running == 20)
    }

    @Test func aStartupThatIsNotFinishedLastsUntilTheLogEnds() throws {
        var log = SampleLog()
        try log.begin(SampleLog.program("db", after: "", "ready=tcp://db:1") + SampleLog.program("web", after: "db"))
        log.start("db", at: 0.1, runningAt: 1.1)
        log.add("LISTENERD", at: 50, #","message":"x""#)
        #expect(try log.startup.total == 50)
        #expect(try Self.bar("db", log).outcome == .unfinished("RUNNING, but not ready"))
        #expect(try Self.bar("web", log).outcome == .unfinished("waiting for db (ready)"))
        #expect(try Self.bar("web", log).waits.map { $0.time } == [nil])
    }

    @Test func withoutAPlanEachProcessHasItsBarAndNothingIsKnownOfWaits() throws {
        var log = SampleLog()
        log.start("listenerd", at: 0, runningAt: 0)
        log.start("db", at: 0.1, runningAt: 1.1)
        log.start("web", at: 1.2, runningAt: 2.3)
        log.start("later", at: 100, runningAt: 101)
        let timeline = StartupTimeline(try log.startup)
        #expect(timeline.bars.map { $0.name } == ["db", "web"])
        #expect(timeline.bars.allSatisfy { $0.waits.isEmpty })
        #expect(timeline.total == 2.3)
    }
}
