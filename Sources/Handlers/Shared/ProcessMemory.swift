/// A memory of processes that does not grow without limit as names come and go.
struct ProcessMemory<Process: Hashable, Value> {
    /// How many are remembered without asking whether supervisord still knows them.
    private static var smallestLimit: Int { 1024 }
    /// How many are remembered at most, even if supervisord cannot be asked: more than one supervisord can run.
    private static var largestCount: Int { 32_768 }

    /// The memory of each process.
    private(set) var values: [Process: Value] = [:]
    private var limit = Self.smallestLimit

    /// Whether it is time to compare with what supervisord knows.
    var isCrowded: Bool { values.count > limit }

    /// The value of a process; all other values are forgotten if a new one would be too many.
    subscript(process: Process) -> Value? {
        get { values[process] }
        set {
            if newValue != nil, values.count >= Self.largestCount, values[process] == nil {
                values.removeAll()
            }
            values[process] = newValue
        }
    }

    /// Changes what is remembered of a process, with one look-up.
    ///
    /// - Parameters:
    ///   - process: The process.
    ///   - change: Gets what is remembered, nil if nothing is, and leaves there what is to be.
    /// - Returns: What the function returns.
    mutating func update<Result>(_ process: Process, _ change: (inout Value?) -> Result) -> Result {
        if values.count >= Self.largestCount, values[process] == nil {
            values.removeAll()
        }
        return change(&values[process])
    }

    /// Forgets what supervisord does not know.
    ///
    /// - Parameter known: Every process that supervisord knows.
    mutating func forgetAll(except known: Set<Process>) {
        values = values.filter { known.contains($0.key) }
        limit = max(Self.smallestLimit, 2 * values.count)
    }
}
