import ListenerKit
import Synchronization

/// The clock of a listener in this process: it moves only when the test lets time pass.
final class FakeClock: ListenerClock {
    private let core: SupervisorCore
    private let listener: Int
    private let lastTimer = Atomic<Int>(0)
    private let actions = Mutex<[Int: @Sendable () -> Void]>([:])

    /// Makes the clock of a listener.
    ///
    /// - Parameters:
    ///   - core: The supervisord whose time passes.
    ///   - listener: The number of the listener.
    init(_ core: SupervisorCore, listener: Int) {
        self.core = core
        self.listener = listener
    }

    var now: ContinuousClock.Instant {
        core.instant(of: core.model.withLock { [listener] in $0.time(of: listener) })
    }

    func makeTimer() -> any AlarmTimer {
        Timer(clock: self, number: lastTimer.add(1, ordering: .relaxed).newValue)
    }

    /// Calls the actions of the alarms that have gone off.
    func fire() {
        let due = core.model.withLock { [listener] in $0.listeners[listener]?.alarms.popDue() ?? [] }
        for number in due {
            if let action = actions.withLock({ $0.removeValue(forKey: number) }) {
                action()
            } else {
                // It was taken back just now.
                change { $0.finish(number) }
            }
        }
    }

    private func change(_ body: (inout AlarmSchedule) -> Void) {
        core.change { [listener] model in
            if var alarms = model.listeners[listener]?.alarms {
                body(&alarms)
                model.listeners[listener]?.alarms = alarms
            }
        }
    }

    private final class Timer: AlarmTimer {
        private let clock: FakeClock
        private let number: Int

        init(clock: FakeClock, number: Int) {
            self.clock = clock
            self.number = number
        }

        func start(until deadline: ContinuousClock.Instant, _ action: @escaping @Sendable () -> Void) {
            clock.actions.withLock { $0[number] = action }
            let time = clock.core.time(of: deadline)
            clock.change { $0.set(number, at: time) }
        }

        func stop() {
            clock.actions.withLock { $0[number] = nil }
            clock.change { $0.clear(number) }
        }

        func finish() {
            clock.change { $0.finish(number) }
        }
    }
}
