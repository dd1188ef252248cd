import ListenerKit

/// How far the processes of a parent have come together.
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

    /// What all of its processes have reached.
    private(set) var reached: StartupConditions = []
    /// What at least one of them cannot reach any more, unless somebody starts it.
    private(set) var lost: StartupConditions = []
    /// The programs that wait for it, and still do.
    private(set) var waiters: [Waiter] = []
    /// What these wait for.
    private(set) var awaited: StartupConditions = []

    private let size: Int
    /// For each condition, how many processes have reached it.
    private var reachedCounts: [Int]
    /// For each condition, how many processes cannot reach it any more.
    private var lostCounts: [Int]

    init(size: Int) {
        self.size = size
        reachedCounts = Array(repeating: 0, count: StartupConditions.count)
        lostCounts = reachedCounts
        // What has no processes holds nobody back.
        reached = size == 0 ? .all : []
    }

    mutating func add(_ waiter: Waiter) {
        waiters.append(waiter)
        awaited.formUnion(waiter.conditions)
    }

    /// Notes what one process has reached for the first time.
    ///
    /// - Returns: Whether that is news of the parent.
    mutating func reach(_ conditions: StartupConditions) -> Bool {
        let before = reached
        for bit in conditions.bits {
            reachedCounts[bit] += 1
            if reachedCounts[bit] == size {
                reached.insert(StartupConditions(bit: bit))
            }
        }
        return reached != before
    }

    /// Notes that in the place of a process which had reached something there is another one.
    mutating func forget(_ conditions: StartupConditions) {
        for bit in conditions.bits {
            reachedCounts[bit] -= 1
            reached.remove(StartupConditions(bit: bit))
        }
    }

    /// Notes what one process cannot reach any more, or can again.
    mutating func lose(_ conditions: StartupConditions, by change: Int) {
        for bit in conditions.bits {
            lostCounts[bit] += change
            if lostCounts[bit] > 0 {
                lost.insert(StartupConditions(bit: bit))
            } else {
                lost.remove(StartupConditions(bit: bit))
            }
        }
    }

    /// Takes out the programs that need not wait any longer.
    mutating func release(where mayGo: (Waiter) -> Bool) -> [Waiter] {
        guard waiters.contains(where: mayGo) else {
            return []
        }
        let released = waiters.filter(mayGo)
        waiters.removeAll(where: mayGo)
        awaited = waiters.reduce(into: []) { $0.formUnion($1.conditions) }
        return released
    }
}
