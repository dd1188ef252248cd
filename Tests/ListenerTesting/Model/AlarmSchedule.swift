/// The alarms of one listener, and the time of its clock.
///
/// An alarm goes off before the listener is given an event of a later time, and after it has answered those of an earlier time. Until it
/// has handled all that is due, its clock shows the time of the latest event or alarm that it was given.
struct AlarmSchedule: Sendable {
    /// The alarms that have been set, by the numbers of their timers.
    private var deadlines: [Int: Duration] = [:]
    /// The timers that have gone off, and whose actions have not been called.
    private var due: [Int] = []
    /// The timers whose alarms have gone off and are not handled; each goes off again only after that.
    private var unhandled: Set<Int> = []
    /// The time of the latest event or alarm.
    private(set) var time = Duration.zero

    /// Whether alarms have gone off that are not handled.
    var hasUnhandled: Bool { !unhandled.isEmpty }

    /// The time of the first alarm that has not gone off.
    var firstDeadline: Duration? { deadlines.values.min() }

    /// The next alarm that can go off.
    var next: (timer: Int, deadline: Duration)? {
        deadlines.filter { !unhandled.contains($0.key) }.min { ($0.value, $0.key) < ($1.value, $1.key) }
            .map { (timer: $0.key, deadline: $0.value) }
    }

    /// Sets an alarm in place of the timer's earlier one.
    mutating func set(_ timer: Int, at deadline: Duration) {
        clear(timer)
        deadlines[timer] = max(deadline, time)
    }

    /// Takes an alarm back, unless its action has been called.
    mutating func clear(_ timer: Int) {
        deadlines[timer] = nil
        if let index = due.firstIndex(of: timer) {
            due.remove(at: index)
            unhandled.remove(timer)
        }
    }

    /// Lets the next alarm go off.
    mutating func fireNext() {
        guard let (timer, deadline) = next else {
            return
        }
        deadlines[timer] = nil
        due.append(timer)
        unhandled.insert(timer)
        move(to: deadline)
    }

    /// Returns the timers whose actions are to be called, each once.
    mutating func popDue() -> [Int] {
        defer { due = [] }
        return due
    }

    /// Records that a handler has handled its alarm.
    mutating func finish(_ timer: Int) {
        unhandled.remove(timer)
    }

    /// Moves the clock forward.
    mutating func move(to time: Duration) {
        self.time = max(self.time, time)
    }
}
