import Testing

@testable import Handlers

@Suite struct WakeScheduleTests {
    private let now = ContinuousClock.now

    @Test func theEarliestComesFirst() throws {
        var schedule = WakeSchedule<Int>()
        for (process, seconds) in [(1, 3), (2, 1), (3, 2)] {
            schedule.schedule(process, from: now + .seconds(seconds))
        }
        var order: [Int] = []
        while let (time, process) = schedule.first() {
            #expect(time > now + .seconds(1))
            order.append(process)
            schedule.cancel(process)
        }
        #expect(order == [2, 3, 1])
        #expect(schedule.isEmpty)
    }

    @Test func aProcessHasOnlyItsLastTime() {
        var schedule = WakeSchedule<Int>()
        schedule.schedule(1, from: now)
        schedule.schedule(1, from: now + .seconds(5))
        let first = schedule.first()
        #expect(first.map { $0.time > now + .seconds(5) } == true)
    }

    @Test func onlyWhatWasDueIsPutOff() {
        var schedule = WakeSchedule<Int>()
        schedule.schedule(1, from: now)
        schedule.schedule(2, from: now + .seconds(1))
        schedule.nudged(at: now + .milliseconds(500))
        let first = schedule.first()
        #expect(first?.process == 1)
        schedule.nudged(at: now + .milliseconds(1005))
        schedule.cancel(1)
        let second = schedule.first()
        #expect(second.map { $0.time < now + .milliseconds(1030) } == true)
    }

    @Test func nudgesComeEverMoreRarelyUntilSupervisordsOwnClockDoesAsWell() {
        var schedule = WakeSchedule<Int>()
        schedule.schedule(1, from: now)
        var last = now
        var pause = Duration.zero
        var count = 0
        while let (time, _) = schedule.first() {
            #expect(last.duration(to: time) >= pause)
            pause = last.duration(to: time)
            last = time
            schedule.nudged(at: time)
            count += 1
        }
        #expect(count < 250 && pause < .seconds(1) && now.duration(to: last) > .seconds(30))
        #expect(schedule.isEmpty)
    }

    @Test func timesThatNoLongerCountDoNotAddUp() {
        var schedule = WakeSchedule<Int>()
        for second in 0..<10_000 {
            schedule.schedule(1, from: now + .seconds(1_000_000 - second))
        }
        #expect(schedule.queue.count < 100)
    }
}
