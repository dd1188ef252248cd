import ListenerTesting
import Synchronization
import Testing

@testable import ListenerKit

@Suite struct EventLoopTests {
    /// A loop that runs on a thread of its own, and a worker that does something after each look.
    private static func start(_ loop: EventLoop, _ afterLook: @escaping @Sendable () -> Void = {}) throws {
        try startThread {
            try? loop.run { worker in
                while loop.look(as: worker) {
                    afterLook()
                    await loop.runJobs()
                }
            }
        }
    }

    private static func start(_ afterLook: @escaping @Sendable () -> Void = {}) throws -> EventLoop {
        let loop = try EventLoop()
        try start(loop, afterLook)
        return loop
    }

    private let notes = Monitor<[Int]>([])

    private func note(_ number: Int) {
        notes.withLock { $0.append(number) }
    }

    private func waitForNotes(_ count: Int) async {
        #expect(await notes.wait(within: .seconds(180)) { $0.count >= count })
    }

    @Test func timersGoOffInTheOrderOfTheirDeadlinesAndThenOfTheirSetting() async throws {
        let loop = try EventLoop()
        let start = MonotonicTime.now
        for (number, delay) in [(5, 30), (1, 10), (3, 20), (2, 10), (4, 20)] {
            loop.schedule(at: start + .milliseconds(delay)) { note(number) }
        }
        try Self.start(loop)
        await waitForNotes(5)
        #expect(notes.withLock { $0 } == [1, 2, 3, 4, 5])
        #expect(start.duration(to: .now) >= .milliseconds(30))
        loop.finish()
    }

    @Test func timersThatAreCancelledNeverGoOff() async throws {
        let loop = try EventLoop()
        let deadline = MonotonicTime.now + .milliseconds(20)
        let timers = (1...5).map { number in loop.schedule(at: deadline) { note(number) } }
        loop.cancel(timers[1])
        loop.cancel(timers[3])
        loop.cancel(timers[3])
        try Self.start(loop)
        await waitForNotes(3)
        loop.schedule(at: .now) { note(6) }
        await waitForNotes(4)
        #expect(notes.withLock { $0 } == [1, 3, 5, 6])
        loop.finish()
    }

    @Test func otherThreadsWakeALoopThatWaits() async throws {
        let loop = try Self.start()
        for number in 1...50 {
            loop.schedule(at: .now) { note(number) }
            await waitForNotes(number)
        }
        #expect(notes.withLock { $0 } == Array(1...50))
        loop.finish()
    }

    /// A thread that was blocked may come back just then, and have handled the last thing that an event waits for.
    @Test func wakesDuringTheIdleCallbackAreNotLost() async throws {
        let gate = Gate()
        let loop = try Self.start {
            note(1)
            gate.passBlocking()
        }
        await waitForNotes(1)
        loop.wake()
        gate.open()
        await waitForNotes(2)
        loop.finish()
    }

    @Test func aTimerMaySetAndCancelOthers() async throws {
        let loop = try Self.start()
        let later = loop.schedule(at: .now + .seconds(3600)) { note(0) }
        loop.schedule(at: .now) {
            loop.cancel(later)
            note(1)
            loop.schedule(at: .now) { note(2) }
        }
        await waitForNotes(2)
        #expect(notes.withLock { $0 } == [1, 2])
        loop.finish()
    }

    @Test func aTimerThatIsSetAgainForThePastLetsTasksRun() async throws {
        let loop = try Self.start()
        @Sendable func setAgain() {
            loop.schedule(at: MonotonicTime(nanoseconds: 0)) { setAgain() }
        }
        setAgain()
        Task(executorPreference: loop) { note(1) }
        await waitForNotes(1)
        loop.finish()
    }

    @Test func inputIsReportedUntilItIsUnwatched() async throws {
        let loop = try Self.start()
        let pipe = try Pipe.open(blocks: false)
        let number = pipe.readEnd.rawValue
        loop.watch(number) {
            note(1)
            loop.unwatch(number)
        }
        try pipe.writeEnd.write("x".utf8)
        await waitForNotes(1)
        loop.schedule(at: .now) { note(2) }
        await waitForNotes(2)
        #expect(notes.withLock { $0 } == [1, 2])
        loop.finish()
    }

    @Test func manyTasksAllRun() async throws {
        let loop = try Self.start()
        let tasks = (0..<1000).map { number in
            Task(executorPreference: loop) {
                for _ in 0..<5 {
                    await Task.yield()
                    note(number)
                }
            }
        }
        for task in tasks {
            await task.value
        }
        #expect(notes.withLock { $0.count } == 5000)
        loop.finish()
    }

    @Test func anotherThreadTakesTheLeadFromOneThatIsBlocked() async throws {
        let loop = try Self.start()
        let gates = [Gate(), Gate(), Gate()]
        let tasks = gates.enumerated().map { number, gate in
            Task(executorPreference: loop) {
                note(number)
                gate.passBlocking()
            }
        }
        // Each blocks the thread that led when it came.
        await waitForNotes(3)
        loop.schedule(at: .now) { note(3) }
        await waitForNotes(4)
        await Task(executorPreference: loop) { note(4) }.value
        for gate in gates {
            gate.open()
        }
        for task in tasks {
            await task.value
        }
        #expect(Set(notes.withLock { $0 }) == [0, 1, 2, 3, 4])
        loop.finish()
    }

    @Test func onlyOneThreadLeadsAtATime() async throws {
        let leaders = Atomic<Int>(0)
        let clashes = Atomic<Int>(0)
        let loop = try Self.start {
            if leaders.add(1, ordering: .sequentiallyConsistent).newValue != 1 {
                clashes.add(1, ordering: .relaxed)
            }
            leaders.subtract(1, ordering: .sequentiallyConsistent)
        }
        for _ in 0..<10 {
            await Task(executorPreference: loop) { pause(for: .milliseconds(30)) }.value
        }
        #expect(clashes.load(ordering: .relaxed) == 0)
        loop.finish()
    }

    /// How many workers there are, and were at most.
    private struct Crew {
        var size = 0
        var largest = 0
        /// What workers wait for in their calls.
        var calls: [Gate] = []
    }

    /// Starts a loop whose workers suspend in calls.
    private static func start(_ loop: EventLoop, _ crew: Monitor<Crew>) throws {
        try startThread {
            try? loop.run { worker in
                crew.withLock { crew in
                    crew.size += 1
                    crew.largest = max(crew.largest, crew.size)
                }
                await work(as: worker, loop, crew)
                crew.withLock { $0.size -= 1 }
            }
        }
    }

    private static func work(as worker: EventLoop.Worker, _ loop: EventLoop, _ crew: Monitor<Crew>) async {
        while loop.look(as: worker) {
            while let gate = crew.withLock({ $0.calls.popLast() }) {
                loop.beginCall()
                await gate.pass()
                guard loop.endCall(by: worker) else {
                    return loop.wake()
                }
            }
            await loop.runJobs()
        }
    }

    @Test func anotherWorkerTakesThePlaceOfOneThatIsSuspended() async throws {
        let loop = try EventLoop()
        let gates = [Gate(), Gate(), Gate()]
        let crew = Monitor(Crew(calls: gates))
        try Self.start(loop, crew)
        #expect(await crew.wait(within: .seconds(180)) { $0.calls.isEmpty && $0.size == 4 })
        loop.schedule(at: .now) { note(1) }
        await waitForNotes(1)
        for gate in gates {
            gate.open()
        }
        #expect(await crew.wait(within: .seconds(180)) { $0.size == 1 })
        #expect(crew.withLock { $0.largest } == 4)
        loop.finish()
    }

    @Test func workersThatAreSuspendedAgainAndAgainStayFew() async throws {
        let loop = try EventLoop()
        let crew = Monitor(Crew())
        try Self.start(loop, crew)
        for _ in 0..<100 {
            let gate = Gate()
            crew.withLock { $0.calls = [gate] }
            loop.wake()
            #expect(await crew.wait(within: .seconds(180)) { $0.calls.isEmpty && $0.size == 2 })
            gate.open()
            #expect(await crew.wait(within: .seconds(180)) { $0.size == 1 })
        }
        #expect(crew.withLock { $0.largest } == 2)
        loop.finish()
    }

    @Test func inputIsSeenBesideTasksThatYieldForEver() async throws {
        let gate = Gate()
        let loop = try Self.start()
        let tasks = (0..<3).map { _ in
            Task(executorPreference: loop) {
                while !gate.isOpen {
                    await Task.yield()
                }
            }
        }
        let pipe = try Pipe.open(blocks: false)
        let number = pipe.readEnd.rawValue
        loop.watch(number) {
            note(1)
            loop.unwatch(number)
        }
        try pipe.writeEnd.write("x".utf8)
        await waitForNotes(1)
        loop.schedule(at: .now) { note(2) }
        await waitForNotes(2)
        gate.open()
        for task in tasks {
            await task.value
        }
        loop.finish()
    }

    @Test func sleepersWakeInTime() async throws {
        let loop = try Self.start()
        let start = MonotonicTime.now
        await Task(executorPreference: loop) { await loop.sleep(until: start + .milliseconds(20)) }.value
        #expect(start.duration(to: .now) >= .milliseconds(20))
        loop.finish()
    }

    @Test func aCountdownIsMovedAndStopped() async throws {
        let loop = try Self.start()
        let countdown = Countdown(on: loop)
        countdown.start(until: .now + .seconds(3600)) { note(1) }
        #expect(countdown.isRunning)
        countdown.start(until: .now) { note(2) }
        await waitForNotes(1)
        #expect(!countdown.isRunning)
        countdown.start(until: .now + .seconds(3600)) { note(3) }
        countdown.stop()
        #expect(!countdown.isRunning)
        #expect(notes.withLock { $0 } == [2])
        loop.finish()
    }
}
