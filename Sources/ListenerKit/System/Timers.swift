/// Actions that are due at some time, the earliest first.
package struct Timers {
    /// Identifies an action that was added.
    package struct Timer: Equatable, Sendable {
        fileprivate let number: UInt64
    }

    private struct Entry {
        let timer: Timer
        let deadline: MonotonicTime
        let action: @Sendable () -> Void
    }

    /// Sorted by deadline, the next one last.
    private var entries: [Entry] = []
    private var lastNumber: UInt64 = 0

    /// When the next action is due; `nil` if there is none.
    var nextDeadline: MonotonicTime? { entries.last?.deadline }

    /// Adds an action; of several with one deadline, the one that was added first comes first.
    mutating func add(at deadline: MonotonicTime, _ action: @escaping @Sendable () -> Void) -> Timer {
        lastNumber += 1
        let timer = Timer(number: lastNumber)
        let index = entries.firstIndex { $0.deadline <= deadline } ?? entries.endIndex
        entries.insert(Entry(timer: timer, deadline: deadline, action: action), at: index)
        return timer
    }

    /// Removes an action, unless it has been removed before.
    mutating func cancel(_ timer: Timer) {
        entries.removeAll { $0.timer == timer }
    }

    /// Removes the next action if it is due.
    ///
    /// - Returns: The action; `nil` if none is due.
    mutating func popDue(at now: MonotonicTime) -> (@Sendable () -> Void)? {
        guard let entry = entries.last, entry.deadline <= now else {
            return nil
        }
        entries.removeLast()
        return entry.action
    }
}
