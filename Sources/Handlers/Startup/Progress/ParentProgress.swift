import ListenerKit

/// The conditions that the processes of a parent have reached together.
struct ParentProgress {
    /// A program that waits.
    struct Waiter: Equatable {
        let program: Int
        let conditions: StartupConditions
        let isOptional: Bool

        init(_ program: Int, _ dependency: StartupDependency) {
            self.program = program
            conditions = dependency.conditions
            isOptional = dependency.isOptional
        }
    }

    /// The conditions that all of its processes have reached.
    private(set) var reached: StartupConditions = []
    /// The conditions that at least one of them can no longer reach, unless an operator starts it.
    private(set) var lost: StartupConditions = []
    /// The programs that wait for it, and still do.
    private(set) var waiters: [Waiter] = []
    /// The conditions that these wait for.
    private(set) var awaited: StartupConditions = []

    private let size: Int
    /// For each condition, how many processes have reached it.
    private var reachedCounts: [Int]
    /// For each condition, how many processes cannot reach it any more.
    private var lostCounts: [Int]

    init(size: Int) {
        self.size = size
        reachedCounts = Array(repeating: 0, count: StartupCondition.count)
        lostCounts = reachedCounts
        // Nobody has to wait for a parent without processes.
        reached = size == 0 ? .all : []
    }

    /// Adds a program that waits.
    mutating func add(_ waiter: Waiter) {
        waiters.append(waiter)
        awaited.formUnion(waiter.conditions)
    }

    /// Records what one process has reached for the first time.
    ///
    /// - Returns: Whether the parent has reached more by that.
    mutating func reach(_ conditions: StartupConditions) -> Bool {
        let before = reached
        for position in conditions.positions {
            reachedCounts[position] += 1
            if reachedCounts[position] == size {
                reached.insert(StartupConditions(position: position))
            }
        }
        return reached != before
    }

    /// Records that a process which had reached something has been replaced.
    mutating func forget(_ conditions: StartupConditions) {
        for position in conditions.positions {
            reachedCounts[position] -= 1
            reached.remove(StartupConditions(position: position))
        }
    }

    /// Records what one process cannot reach any more, or can again.
    ///
    /// - Parameters:
    ///   - conditions: What it cannot reach, or can.
    ///   - change: 1 if it cannot, -1 if it can again.
    mutating func lose(_ conditions: StartupConditions, by change: Int) {
        for position in conditions.positions {
            lostCounts[position] += change
            if lostCounts[position] > 0 {
                lost.insert(StartupConditions(position: position))
            } else {
                lost.remove(StartupConditions(position: position))
            }
        }
    }

    /// Removes the programs that need not wait any longer.
    ///
    /// - Parameter isReleased: Whether one need not.
    /// - Returns: These programs.
    mutating func release(where isReleased: (Waiter) -> Bool) -> [Waiter] {
        guard waiters.contains(where: isReleased) else {
            return []
        }
        let released = waiters.filter(isReleased)
        waiters.removeAll(where: isReleased)
        awaited = waiters.reduce(into: []) { $0.formUnion($1.conditions) }
        return released
    }
}
