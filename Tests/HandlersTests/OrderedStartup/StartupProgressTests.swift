import ListenerKit
import Testing

@testable import Handlers

@Suite struct StartupProgressTests {
    /// A plan as a test writes it down, and the supervisord that carries it out.
    private struct World {
        var progress: StartupProgress
        var now = ContinuousClock.now
        var said: [String] = []
        var started: [String] = []

        init(_ programs: [SampleProgram], policy: FailurePolicy = .wait, timeout: Duration? = nil) {
            progress = StartupProgress(StartupPlan(programs), policy: policy, timeout: timeout)
        }

        mutating func see(_ processes: [ProcessInformation]) {
            carryOut(progress.take(processes, at: now))
        }

        mutating func see(_ name: String, _ transition: ProcessStateEvent.Transition) {
            carryOut(progress.take(ProcessName(group: name, process: name), transition, at: now))
        }

        mutating func carryOut(_ commands: [StartupCommand]) {
            for command in commands {
                switch command {
                case .start(let process): started.append(process.description)
                case .say(_, let message), .report(_, let message): said.append(message)
                case .endSupervisor(let process, let message): said.append("END \(process?.description ?? "-"): \(message)")
                }
            }
            for case .say(_, let message) in progress.summarize(at: now) {
                said.append(message)
            }
        }

    }

    private func program(
        _ name: String,
        after parent: Int? = nil,
        _ conditions: StartupConditions = .running,
        isManaged: Bool = true,
        priority: Int = 999,
        startSeconds: Int = 1,
        processes: [String]? = nil
    ) -> SampleProgram {
        SampleProgram(
            name: name,
            processes: (processes ?? [name]).map { ProcessName(group: $0, process: $0) },
            isManaged: isManaged,
            priority: priority,
            startSeconds: startSeconds,
            waits: parent.map { [.init(parent: $0, conditions: conditions)] } ?? []
        )
    }

    private func information(
        _ name: String,
        _ state: ProcessState,
        started: Int? = nil,
        stopped: Int? = nil,
        status: Int = 0
    ) -> ProcessInformation {
        ProcessInformation(
            name: ProcessName(group: name, process: name),
            state: state,
            startTime: started,
            stopTime: stopped,
            now: 1000,
            exitStatus: status
        )
    }

    private func untouched(_ names: String...) -> [ProcessInformation] {
        names.map { information($0, .stopped) }
    }

    @Test func nothingIsStartedBeforeItIsKnownHowThingsStand() {
        var world = World([program("a"), program("b", after: 0)])
        world.see("a", .running(pid: 1))
        #expect(world.started.isEmpty)
        world.see(untouched("a", "b"))
        #expect(world.started == ["b"])
    }

    @Test func eachIsStartedWhenTheOneBeforeItIsWhereItShouldBe() {
        var world = World([program("a"), program("b", after: 0, .exited), program("c", after: 1)])
        world.see(untouched("a", "b", "c"))
        #expect(world.started == ["a"])
        world.see("a", .starting(tries: 0))
        world.see("a", .running(pid: 1))
        #expect(world.started == ["a"])
        world.see("a", .exited(expected: false, pid: 1))
        #expect(world.started == ["a", "b"])
        world.see("b", .starting(tries: 0))
        world.see("b", .running(pid: 2))
        #expect(world.started == ["a", "b", "c"])
    }

    @Test func whatWasReachedStaysReachedAndNothingIsStartedTwice() {
        var world = World([program("a"), program("b", after: 0)])
        world.see(untouched("a", "b"))
        for _ in 1...3 {
            world.see("a", .starting(tries: 0))
            world.see("a", .running(pid: 1))
            world.see("a", .exited(expected: true, pid: 1))
        }
        world.see(untouched("a") + [information("b", .stopped, started: 900, stopped: 901)])
        #expect(world.started == ["a", "b"])
    }

    @Test func aProgramThatIsUpIsPassedOver() {
        var world = World([program("a"), program("b", after: 0), program("c", after: 1)])
        world.see(
            [information("a", .running, started: 900), information("b", .running, started: 901)] + untouched("c")
        )
        #expect(world.started == ["c"])
    }

    @Test func aListenerThatIsRestartedGoesOnWhereThingsStand() {
        var world = World([program("a"), program("b", after: 0, .exited), program("c", after: 1)])
        world.see(
            [information("a", .exited, started: 900, stopped: 901), information("b", .starting, started: 1000)]
                + untouched("c")
        )
        #expect(world.started.isEmpty)
        world.see("b", .running(pid: 2))
        #expect(world.started == ["c"])
    }

    @Test func aProgramThatAnOperatorStoppedIsNotStartedAgain() {
        var world = World([program("a"), program("b", after: 0)])
        world.see([information("a", .stopped, started: 900, stopped: 950)] + untouched("b"))
        #expect(world.started == ["b"])
    }

    @Test func aProgramThatWasStoppedBeforeItRanHasNotRun() {
        var world = World([program("a", startSeconds: 60), program("b", after: 0)])
        world.see([information("a", .stopped, started: 900, stopped: 950)] + untouched("b"))
        #expect(world.started.isEmpty)
    }

    @Test(arguments: [(0, true), (7, false)])
    func completedIsExitedWithAnExpectedStatus(status: Int, isCompleted: Bool) {
        var world = World([program("a"), program("b", after: 0, .completed)])
        world.see([information("a", .exited, started: 900, stopped: 950, status: status)] + untouched("b"))
        #expect(world.started == (isCompleted ? ["b"] : []))
    }

    @Test func allProcessesOfAProgramMustHaveReachedTheSame() {
        var world = World([program("a", processes: ["a0", "a1"]), program("b", after: 0, [.running, .exited])])
        world.see(untouched("a0", "a1", "b"))
        #expect(world.started == ["a0", "a1"])
        world.see("a0", .exited(expected: true, pid: 1))
        #expect(world.started == ["a0", "a1"])
        world.see("a1", .running(pid: 2))
        #expect(world.started == ["a0", "a1", "b"])
    }

    @Test func whatCanStartAtOnceStartsByPriorityThenByName() {
        var world = World([program("z", priority: 5), program("b"), program("a")])
        world.see(untouched("a", "b", "z"))
        #expect(world.started == ["z", "a", "b"])
    }

    @Test func anAutostartMemberIsWaitedForAndNotStarted() {
        var world = World([program("a", isManaged: false), program("b", after: 0)])
        world.see([information("a", .starting, started: 999)] + untouched("b"))
        #expect(world.started.isEmpty)
        world.see("a", .running(pid: 1))
        #expect(world.started == ["b"])
    }

    @Test func aFailedProgramIsNamedWithAllThatWaitAndTheChainGoesOnOnceItIsRepaired() {
        var world = World([program("a"), program("b", after: 0), program("c", after: 1)])
        world.see(untouched("a", "b", "c"))
        world.see("a", .backoff(tries: 1))
        world.see("a", .fatal)
        #expect(world.said == ["a is FATAL; until it is started again, not started: b (waits for a), c (waits for b)"])
        world.see("a", .starting(tries: 0))
        world.see("a", .running(pid: 2))
        #expect(world.started == ["a", "b"])
    }

    @Test func aFailureIsSaidOnlyWhereSomebodyWaits() {
        var world = World([program("a"), program("b", after: 0, .fatal)])
        world.see(untouched("a", "b"))
        world.see("a", .fatal)
        #expect(world.started == ["a", "b"])
        #expect(!world.said.contains { $0.contains("FATAL") })
    }

    @Test func aStartInDoubtIsAskedForAgainUnlessSupervisordHasHeardOfIt() {
        var world = World([program("a"), program("b")])
        world.see(untouched("a", "b"))
        world.progress.startInDoubt(ProcessName(group: "a", process: "a"))
        world.progress.startInDoubt(ProcessName(group: "b", process: "b"))
        world.see(untouched("a") + [information("b", .running, started: 999)])
        #expect(world.started == ["a", "b", "a"])
    }

    @Test func aRefusedStartIsNamedWithAllThatWait() {
        var world = World([program("a"), program("b", after: 0)])
        world.see(untouched("a", "b"))
        let refused = ProcessName(group: "a", process: "a")
        world.carryOut(world.progress.startRefused(refused, "NO_FILE: /bin/a", at: world.now))
        #expect(
            world.said == [
                "a cannot be started: NO_FILE: /bin/a; until it is started again, not started: b (waits for a)"
            ]
        )
    }

    @Test func theEndIsSaidOnce() {
        var world = World([program("a"), program("b", after: 0)])
        world.see(untouched("a", "b"))
        world.now += .milliseconds(1530)
        world.see("a", .running(pid: 1))
        world.see("b", .running(pid: 2))
        #expect(world.said == ["started 2 processes in order, in 1.5 s; the slowest chain: a → b 1.5 s"])
    }

    @Test func nothingIsSaidWhereThereWasNothingToDo() {
        var world = World([program("a"), program("b", after: 0)])
        world.see([information("a", .running, started: 1), information("b", .running, started: 2)])
        #expect(world.said.isEmpty)
    }

    @Test func aProcessThatSupervisordDoesNotKnowIsNamed() {
        var world = World([program("a"), program("b", after: 0)])
        world.see(untouched("a"))
        #expect(world.said.count == 1)
        #expect(world.said.first?.contains("does not know b") == true)
    }
}

// MARK: - Nudges

extension StartupProgressTests {
    @Test func supervisordIsWokenRightAfterTheStartsecsOfAProgramThatIsWaitedFor() throws {
        var world = World([program("a", startSeconds: 3), program("b", after: 0)])
        world.see(untouched("a", "b"))
        world.see("a", .starting(tries: 0))
        let first = world.progress.nextNudge()
        let nudge = try #require(first)
        #expect(nudge > world.now + .seconds(3))
        #expect(nudge < world.now + .milliseconds(3030))
        world.progress.nudged(at: nudge)
        let next = world.progress.nextNudge()
        #expect(try #require(next) > nudge)
        world.see("a", .running(pid: 1))
        let last = world.progress.nextNudge()
        #expect(last == nil)
    }

    @Test func theEndOfAOneShotIsLookedForEverMoreRarelyUntilSupervisordsOwnClockWillDo() throws {
        var world = World([program("a"), program("b", after: 0, .exited)])
        world.see(untouched("a", "b"))
        world.see("a", .running(pid: 1))
        let start = world.now
        var nudges = 0
        while let nudge = world.progress.nextNudge() {
            let elapsed = start.duration(to: nudge)
            #expect(nudge - world.now <= max(.milliseconds(10), elapsed / 16))
            world.now = nudge
            world.progress.nudged(at: nudge)
            nudges += 1
        }
        #expect(start.duration(to: world.now) > .seconds(30))
        #expect(nudges < 250)
    }

    @Test func nobodyIsWokenForAProgramThatNobodyWaitsFor() {
        var world = World([program("a")])
        world.see(untouched("a"))
        world.see("a", .starting(tries: 0))
        let nudge = world.progress.nextNudge()
        #expect(nudge == nil)
    }
}

// MARK: - Anything that can happen

extension StartupProgressTests {
    /// Chains of random length and conditions, whose programs do whatever supervisord's can do, in random order,
    /// with events lost, doubled and late, and the listener restarted in between.
    @Test(arguments: 0..<40)
    func whateverHappensNothingStartsTwiceOrTooEarlyAndAllStartInTheEnd(seed: UInt64) {
        var random = SeededGenerator(state: seed)
        let length = Int.random(in: 1...60, using: &random)
        let names = (0..<length).map { "p\($0)" }
        let conditions = (0..<length).map { _ in Bool.random(using: &random) ? StartupConditions.running : .exited }
        let plan = StartupPlan(
            names.indices.map { index in
                program(
                    names[index],
                    after: index == 0 ? nil : index - 1,
                    index == 0 ? .running : conditions[index - 1]
                )
            }
        )
        var model = Dictionary(uniqueKeysWithValues: names.map { ($0, ProcessState.stopped) })
        var startedAt: [String: Int] = [:]
        var reached: [String: StartupConditions] = [:]
        var progress = StartupProgress(plan)

        func snapshot() -> [ProcessInformation] {
            names.map { information($0, model[$0] ?? .stopped, started: startedAt[$0]) }
        }
        func carryOut(_ commands: [StartupCommand]) {
            for case .start(let process) in commands {
                let index = names.firstIndex(of: process.process) ?? 0
                #expect(startedAt[process.process] == nil, "\(process) is started twice")
                if index > 0 {
                    let parent = reached[names[index - 1]] ?? []
                    #expect(!parent.isDisjoint(with: conditions[index - 1]), "\(process) is started too early")
                }
                startedAt[process.process] = 1000
                model[process.process] = .starting
                reached[process.process, default: []].insert(.started)
            }
        }

        carryOut(progress.take(snapshot(), at: .now))
        for _ in 0..<(length * 20) {
            let name = names.randomElement(using: &random) ?? names[0]
            let transition: ProcessStateEvent.Transition
            switch model[name] {
            case .starting: transition = .running(pid: 1)
            case .running: transition = .exited(expected: true, pid: 1)
            default: continue
            }
            model[name] = transition.state
            reached[name, default: []].formUnion(StartupConditions(transition))
            let process = ProcessName(group: name, process: name)
            switch Int.random(in: 0..<10, using: &random) {
            case 0: break
            case 1:
                progress = StartupProgress(plan)
                carryOut(progress.take(snapshot(), at: .now))
            case 2:
                carryOut(progress.take(process, transition, at: .now))
                carryOut(progress.take(process, transition, at: .now))
            case 3: carryOut(progress.take(snapshot(), at: .now))
            default: carryOut(progress.take(process, transition, at: .now))
            }
        }
        for name in names {
            // What was lost is seen in the end.
            carryOut(progress.take(snapshot(), at: .now))
            while let state = model[name], state == .starting || state == .running {
                model[name] = state == .starting ? .running : .exited
                reached[name, default: []].formUnion(StartupConditions(model[name] ?? .stopped))
                carryOut(progress.take(snapshot(), at: .now))
            }
        }
        #expect(startedAt.count == length)
    }
}
