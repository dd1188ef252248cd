import Synchronization
import Testing

@testable import ListenerKit

/// What a handler asks of its listener, from whatever thread.
@Suite struct HandlerLinkTests {
    @Test func alarmsCanceledWhileTheyGoOffDoNotReachTheHandler() {
        let clock = LateClock()
        let link = HandlerLink(0, RuntimeReference(), clock)
        link.setAlarm(at: .now)
        link.setAlarm(at: nil)
        clock.goOff()
        #expect(!link.wants(.alarm(AlarmEvent(time: .now))))
    }

    @Test func alarmsGoOffOnce() {
        let clock = LateClock()
        let link = HandlerLink(0, RuntimeReference(), clock)
        link.setAlarm(at: .now)
        clock.goOff()
        #expect(link.wants(.alarm(AlarmEvent(time: .now))))
        #expect(!link.wants(.alarm(AlarmEvent(time: .now))))
    }
}

/// A clock whose timer was always about to go off when it is stopped.
private final class LateClock: ListenerClock, AlarmTimer {
    private let action = Mutex<(@Sendable () -> Void)?>(nil)

    var now: ContinuousClock.Instant { .now }

    func makeTimer() -> any AlarmTimer { self }

    func start(until deadline: ContinuousClock.Instant, _ action: @escaping @Sendable () -> Void) {
        self.action.withLock { $0 = action }
    }

    func stop() {}

    func finish() {}

    func goOff() {
        action.withLock { $0.take() }?()
    }
}
