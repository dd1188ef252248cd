import ExecutableTesting
import ListenerKit
import Testing

@testable import listenerd

/// A rolling restart of simulated programs.
@Suite struct RestartReducerTests {
    private static let configuration = """
        [program:web]
        command=x
        numprocs=4
        process_name=web_%(process_num)d
        [program:db]
        command=x
        [program:api]
        command=x
        autostart=false
        startafter=db
        [program:job]
        command=x
        autorestart=false
        [program:migrate]
        command=x
        autorestart=false
        [program:app]
        command=x
        autostart=false
        startafter=migrate:completed
        [program:loop]
        command=x
        autorestart=true
        [program:late]
        command=x
        autostart=false
        startafter=loop:exited

        """

    /// A restart that a test goes through.
    private struct Rehearsal {
        var programs: SimulatedPrograms
        var reducer: RestartReducer
        /// At most so many ticks pass.
        static let limit = 300

        init(_ names: String, parallel: Int = 1, timeout: Duration? = nil, dependents: Bool = false) throws {
            let plan = try RestartPlan(names, includesDependents: dependents, of: RestartReducerTests.configuration)
            programs = SimulatedPrograms(Array(plan.rules.keys))
            reducer = RestartReducer(plan, parallel: parallel, timeout: timeout)
        }

        /// Goes on until it is over, or something is so.
        mutating func run(until isSo: (Rehearsal) -> Bool = { _ in false }) {
            for _ in 0..<Self.limit where !reducer.isOver && !isSo(self) {
                for action in reducer.apply(programs.observation, at: programs.now) {
                    if let (name, fault) = programs.carryOut(action) {
                        reducer.refuse(name, fault)
                    }
                }
                programs.pass()
            }
            reducer.observe(programs.observation)
        }

        var sentence: String? { RestartSummary(reducer, signal: nil).sentence }
        var calls: String { programs.calls.joined(separator: ", ") }
    }

    @Test func oneIsRestartedAfterTheOther() throws {
        var rehearsal = try Rehearsal("web:*")
        rehearsal.run()
        #expect(rehearsal.reducer.isOver)
        #expect(rehearsal.sentence == nil)
        let names = (0..<4).map { "web:web_\($0)" }
        #expect(rehearsal.calls == names.map { "stop \($0), start \($0), report \($0)" }.joined(separator: ", "))
    }

    @Test func asManyAreRestartedAtATimeAsMayBe() throws {
        var rehearsal = try Rehearsal("web:*", parallel: 3)
        rehearsal.run()
        #expect(rehearsal.sentence == nil)
        #expect(rehearsal.calls.hasPrefix("stop web:web_0, stop web:web_1, stop web:web_2, start web:web_0"))
    }

    @Test func whatDependsOnAnotherComesAfterItEvenIfThereIsRoom() throws {
        var rehearsal = try Rehearsal("api db", parallel: 9)
        rehearsal.run()
        #expect(rehearsal.calls == "stop db, start db, report db, stop api, start api, report api")
    }

    @Test func aProcessWithGatesIsWaitedFor() throws {
        var rehearsal = try Rehearsal("web:web_0 db")
        rehearsal.programs["web:web_0"].gateTicks = 0
        rehearsal.programs["web:web_0"].startTicks = 5
        rehearsal.run { $0.programs["web:web_0"].gateTicks == 3 && $0.programs["web:web_0"].state == .running }
        #expect(rehearsal.reducer.work(at: rehearsal.programs.now).map { $0.words } == ["not ready: gate"])
        #expect(rehearsal.calls == "stop web:web_0, start web:web_0")
        rehearsal.run()
        #expect(rehearsal.sentence == nil)
    }

    @Test func whatIsNotReadyIsRestartedBeforeTheOthersOfItsGroup() throws {
        var rehearsal = try Rehearsal("web:*")
        rehearsal.programs["web:web_2"].gateTicks = 1000
        rehearsal.run()
        #expect(rehearsal.sentence == nil)
        #expect(rehearsal.calls.hasPrefix("stop web:web_2, start web:web_2, report web:web_2, stop web:web_0"))
    }

    @Test func whatIsStartingIsRestartedAtOnce() throws {
        var rehearsal = try Rehearsal("db api", timeout: .seconds(1))
        rehearsal.programs["db"].state = .starting
        rehearsal.programs["db"].ticks = 1000
        rehearsal.run()
        #expect(rehearsal.sentence == nil)
        #expect(rehearsal.calls.hasPrefix("stop db, start db, report db"))
    }

    @Test func aFailureLeavesTheRestAndSaysWhatStandsHow() throws {
        var rehearsal = try Rehearsal("web:*")
        rehearsal.programs["web:web_1"].isBroken = true
        rehearsal.run()
        #expect(
            rehearsal.sentence == """
                web:web_1 is FATAL; restarted: web:web_0; down: web:web_1 (FATAL); not touched: web:web_2 and web:web_3
                """
        )
        #expect(!rehearsal.calls.contains("web_2"))
    }

    @Test func otherProcessesThatAreBeingRestartedAreWaitedForAfterAFailure() throws {
        var rehearsal = try Rehearsal("web:*", parallel: 2)
        rehearsal.programs["web:web_0"].isBroken = true
        rehearsal.programs["web:web_1"].stopTicks = 30
        rehearsal.run()
        #expect(rehearsal.programs["web:web_1"].state == .running)
        #expect(rehearsal.sentence?.contains("restarted: web:web_1; down: web:web_0 (FATAL)") == true)
    }

    @Test(arguments: [Fault(.noFile, "x"), Fault(.notExecutable, "x"), Fault(code: 7, message: "y")])
    func whatCannotBeStartedIsAFailure(fault: Fault) throws {
        var rehearsal = try Rehearsal("db web:web_0")
        rehearsal.programs["db"].stopTicks = 1
        rehearsal.run { $0.programs["db"].state == .stopped }
        #expect(rehearsal.reducer.apply(rehearsal.programs.observation, at: rehearsal.programs.now).count == 1)
        rehearsal.reducer.refuse(ProcessName(group: "db", process: "db"), fault)
        rehearsal.run()
        #expect(rehearsal.sentence == "db cannot be started: \(fault); down: db (STOPPED); not touched: web:web_0")
    }

    @Test func whatCannotBeStoppedIsAFailure() throws {
        var rehearsal = try Rehearsal("db")
        _ = rehearsal.reducer.apply(rehearsal.programs.observation, at: rehearsal.programs.now)
        rehearsal.reducer.refuse(ProcessName(group: "db", process: "db"), Fault(.failed, "unknown problem"))
        #expect(rehearsal.reducer.isOver)
        let sentence = try #require(rehearsal.sentence)
        #expect(sentence == "db cannot be stopped: FAILED: unknown problem; running: db")
    }

    @Test func aProcessThatIsLostMeanwhileIsWaitedFor() throws {
        var rehearsal = try Rehearsal("web:*")
        let lost = ProcessName(group: "web", process: "web_3")
        rehearsal.programs.processes[lost]?.startTicks = 20
        rehearsal.run { $0.programs["web:web_0"].state == .stopping }
        rehearsal.programs.exit(lost)
        rehearsal.run { $0.reducer.wait != nil }
        #expect(rehearsal.reducer.wait == "waiting for web:web_3 (STARTING)")
        #expect(!rehearsal.calls.contains("web_1"))
        rehearsal.run()
        #expect(rehearsal.sentence == nil)
    }

    @Test func aProcessThatIsLostForGoodMeanwhileEndsIt() throws {
        var rehearsal = try Rehearsal("web:web_0 web:web_1")
        let lost = ProcessName(group: "web", process: "web_3")
        rehearsal.run { $0.programs["web:web_0"].state == .stopping }
        rehearsal.programs.processes[lost]?.isBroken = true
        rehearsal.programs.exit(lost)
        rehearsal.run()
        #expect(
            rehearsal.sentence == """
                web:web_3 went down meanwhile: it is FATAL; restarted: web:web_0; not touched: web:web_1
                """
        )
    }

    @Test func aProcessOfAnotherGroupThatIsLostDoesNotMatter() throws {
        var rehearsal = try Rehearsal("web:*")
        rehearsal.programs["db"].isBroken = true
        rehearsal.programs.exit(ProcessName(group: "db", process: "db"))
        rehearsal.run()
        #expect(rehearsal.sentence == nil)
    }

    @Test func whatWasDownBeforeDoesNotKeepOthersFromBeingRestarted() throws {
        var rehearsal = try Rehearsal("web:web_0")
        rehearsal.programs["web:web_3"].state = .fatal
        rehearsal.run()
        #expect(rehearsal.sentence == nil)
    }

    @Test func whatIsInBackoffIsRestartedBeforeOthersOfItsGroup() throws {
        var rehearsal = try Rehearsal("web:*")
        rehearsal.programs["web:web_2"].state = .backoff
        rehearsal.programs["web:web_2"].pid = nil
        rehearsal.run()
        #expect(rehearsal.calls.hasPrefix("stop web:web_2, start web:web_2, report web:web_2, stop web:web_0"))
        #expect(rehearsal.sentence == nil)
    }

    @Test func aProcessThatSomethingElseStopsEndsIt() throws {
        var rehearsal = try Rehearsal("web:* db")
        rehearsal.run { $0.programs["web:web_0"].state == .starting }
        _ = rehearsal.programs.stop(ProcessName(group: "db", process: "db"))
        rehearsal.run()
        let sentence = "db went down meanwhile: it was stopped by something else; restarted: web:web_0; not touched: "
        #expect(rehearsal.sentence?.hasPrefix(sentence) == true, "\(rehearsal.sentence ?? "")")
    }

    @Test func aProcessThatSomethingElseStopsWhileItIsAwaitedIsNotStartedAgain() throws {
        var rehearsal = try Rehearsal("db")
        rehearsal.programs["db"].startTicks = 5
        rehearsal.run { $0.programs["db"].state == .starting }
        _ = rehearsal.programs.stop(ProcessName(group: "db", process: "db"))
        rehearsal.run()
        #expect(rehearsal.sentence?.hasPrefix("db was stopped by something else; down: db (STOP") == true)
        #expect(rehearsal.calls == "stop db, start db")
    }

    @Test func aProcessThatSomethingElseStartsIsNotStartedTwice() throws {
        var rehearsal = try Rehearsal("db")
        rehearsal.programs["db"].stopTicks = 2
        rehearsal.run { $0.programs["db"].state == .stopped }
        _ = rehearsal.programs.start(ProcessName(group: "db", process: "db"))
        rehearsal.run()
        #expect(rehearsal.sentence == nil)
        #expect(rehearsal.calls == "stop db, report db")
    }

    @Test func aProcessThatExitsBeforeItIsReadyIsAFailure() throws {
        var rehearsal = try Rehearsal("db")
        rehearsal.programs["db"].gateTicks = 0
        rehearsal.programs["db"].startTicks = 10
        rehearsal.run { $0.programs["db"].state == .running && $0.programs["db"].gateTicks == 5 }
        rehearsal.programs.exit(ProcessName(group: "db", process: "db"))
        rehearsal.run()
        #expect(rehearsal.sentence?.hasPrefix("db exited with status 1; ") == true, "\(rehearsal.sentence ?? "")")
    }

    @Test func ofAProcessThatWasStartedAgainNoStatusIsSaid() throws {
        var rehearsal = try Rehearsal("db")
        rehearsal.programs["db"].gateTicks = 0
        rehearsal.programs["db"].startTicks = 10
        rehearsal.run { $0.programs["db"].state == .running && $0.programs["db"].gateTicks == 5 }
        rehearsal.programs["db"].pid = 4711
        rehearsal.run()
        let words = "db has died before it was ready, and was started again by supervisord; running: db"
        #expect(rehearsal.sentence == words)
    }

    @Test func aTaskIsRestartedOnceItHasCompleted() throws {
        var rehearsal = try Rehearsal("job")
        rehearsal.run { $0.programs["job"].state == .starting }
        rehearsal.programs["job"].state = .exited
        rehearsal.programs["job"].pid = nil
        rehearsal.run()
        #expect(rehearsal.sentence == nil)
        #expect(rehearsal.calls == "stop job, start job, report job")
    }

    @Test(arguments: [0, 3])
    func whatHadCompletedIsWaitedForUntilItHasCompletedAgain(status: Int) throws {
        var rehearsal = try Rehearsal("job db")
        rehearsal.programs["job"].state = .exited
        rehearsal.programs["job"].pid = nil
        rehearsal.run { $0.reducer.work(at: $0.programs.now).map { $0.words } == ["running, and not completed"] }
        #expect(rehearsal.calls == "start job")
        rehearsal.programs["job"].state = .exited
        rehearsal.programs["job"].exitStatus = status
        rehearsal.programs["job"].pid = nil
        rehearsal.run()
        #expect(rehearsal.calls == (status == 0 ? "start job, report job, stop db, start db, report db" : "start job"))
        #expect((rehearsal.sentence == nil) == (status == 0))
    }

    @Test func whatDependsOnTheEndOfATaskWaitsForThat() throws {
        var rehearsal = try Rehearsal("migrate", dependents: true)
        rehearsal.run { $0.reducer.work(at: $0.programs.now).map { $0.words } == ["running, and not completed"] }
        #expect(rehearsal.calls == "stop migrate, start migrate")
        rehearsal.programs["migrate"].state = .exited
        rehearsal.programs["migrate"].pid = nil
        rehearsal.run()
        #expect(rehearsal.calls == "stop migrate, start migrate, report migrate, stop app, start app, report app")
    }

    @Test func whatIsRestartedForEverIsNoTask() throws {
        var rehearsal = try Rehearsal("loop")
        rehearsal.run()
        #expect(rehearsal.sentence == nil)
        #expect(rehearsal.calls == "stop loop, start loop, report loop")
    }

    @Test func aProcessMayTakeOnlySoLong() throws {
        var rehearsal = try Rehearsal("db api", timeout: .seconds(1))
        rehearsal.programs["db"].startTicks = 50
        rehearsal.run()
        #expect(
            rehearsal.sentence == "db was not ready within 1 s: starting; starting: db; not touched: api"
        )
    }

    @Test func whatIsWaitedForMayTakeOnlySoLong() throws {
        var rehearsal = try Rehearsal("web:*", timeout: .seconds(1))
        let lost = ProcessName(group: "web", process: "web_3")
        rehearsal.programs.processes[lost]?.startTicks = 50
        rehearsal.run { $0.programs["web:web_0"].state == .stopping }
        rehearsal.programs.exit(lost)
        rehearsal.run()
        let sentence = "web:web_3 went down meanwhile: it was not ready within 1 s: STARTING; restarted: web:web_0; "
        #expect(rehearsal.sentence?.hasPrefix(sentence) == true, "\(rehearsal.sentence ?? "")")
    }

    @Test func aProcessThatSurvivesIsAFailure() throws {
        var rehearsal = try Rehearsal("db api")
        rehearsal.programs["db"].stopTicks = .max
        rehearsal.run()
        #expect(rehearsal.sentence == "db survives SIGKILL; down: db (STOPPING); not touched: api")
    }

    @Test func whatWasStoppedIsStartedAfterAnInterruption() throws {
        var rehearsal = try Rehearsal("web:*")
        rehearsal.programs["web:web_1"].stopTicks = 20
        rehearsal.run { $0.programs["web:web_1"].state == .stopping }
        rehearsal.reducer.interrupt()
        #expect(!rehearsal.reducer.isOver)
        rehearsal.run()
        #expect(rehearsal.calls.hasSuffix("stop web:web_1, start web:web_1"))
        #expect(
            RestartSummary(rehearsal.reducer, signal: .interrupt).sentence
                == "ended by SIGINT; restarted: web:web_0; starting: web:web_1; not touched: web:web_2 and web:web_3"
        )
    }

    @Test func theSecondInterruptionEndsItAtOnce() throws {
        var rehearsal = try Rehearsal("web:*")
        rehearsal.programs["web:web_0"].stopTicks = 20
        rehearsal.run { $0.programs["web:web_0"].state == .stopping }
        rehearsal.reducer.interrupt()
        rehearsal.reducer.interrupt()
        #expect(rehearsal.reducer.isOver)
        #expect(
            RestartSummary(rehearsal.reducer, signal: .interrupt).sentence?.hasPrefix(
                "ended by SIGINT; down: web:web_0 (STOPPING); not touched: web:web_1, "
            ) == true
        )
    }

    @Test func anInterruptionAfterTheEndIsNone() throws {
        var rehearsal = try Rehearsal("db")
        rehearsal.run()
        rehearsal.reducer.interrupt()
        #expect(RestartSummary(rehearsal.reducer, signal: .terminate).sentence == nil)
    }

    @Test func aSupervisordThatIsGoneEndsItAtOnce() throws {
        var rehearsal = try Rehearsal("web:*")
        rehearsal.run { $0.programs["web:web_1"].state == .stopping }
        rehearsal.reducer.loseSupervisord("gone")
        #expect(rehearsal.reducer.isOver)
        #expect(
            rehearsal.sentence
                == "gone; restarted: web:web_0; down: web:web_1 (STOPPING); not touched: web:web_2 and web:web_3"
        )
    }

    @Test func manyNamesAreOnlyCounted() throws {
        let configuration = "[program:web]\ncommand=x\nnumprocs=50\nprocess_name=%(process_num)02d\n"
        var reducer = RestartReducer(try RestartPlan("web:*", of: configuration), parallel: 1, timeout: nil)
        reducer.loseSupervisord("gone")
        let names = (0..<9).map { "web:0\($0)" }.joined(separator: ", ")
        #expect(RestartSummary(reducer, signal: nil).sentence == "gone; not touched: \(names) and 41 more")
    }
}
