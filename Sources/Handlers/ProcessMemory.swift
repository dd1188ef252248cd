package import ListenerKit

/// What is remembered of processes, without growing for ever where their names come and go.
package struct ProcessMemory<Value> {
    /// So many are remembered without asking whether supervisord still knows them.
    private static var smallestLimit: Int { 1024 }
    /// So many are remembered at most, even if supervisord cannot be asked: more than one supervisord can run.
    private static var largestCount: Int { 32_768 }

    /// What is remembered.
    package private(set) var values: [ProcessName: Value] = [:]
    private var limit = Self.smallestLimit

    /// Remembers nothing.
    package init() {}

    /// Whether it is time to compare with what supervisord knows.
    package var isCrowded: Bool { values.count > limit }

    /// What is remembered of a process; what is known of all others is forgotten if that would be too much.
    package subscript(process: ProcessName) -> Value? {
        get { values[process] }
        set {
            if newValue != nil, values.count >= Self.largestCount, values[process] == nil {
                values.removeAll()
            }
            values[process] = newValue
        }
    }

    /// Forgets what supervisord does not know.
    ///
    /// - Parameter known: Every process that supervisord knows.
    package mutating func forgetAll(except known: Set<ProcessName>) {
        values = values.filter { known.contains($0.key) }
        limit = max(Self.smallestLimit, 2 * values.count)
    }
}

extension ProcessMemory: Sendable where Value: Sendable {}
