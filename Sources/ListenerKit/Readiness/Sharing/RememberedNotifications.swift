/// What each process has said of itself last, for a listener that was not there to hear it.
struct RememberedNotifications {
    /// A process, which is not mistaken for a later one with its pid.
    struct Process: Hashable {
        /// Its pid.
        let pid: Int32
        /// When it was forked, as the time since the machine was booted; nil if the kernel does not tell.
        let forkTime: Duration?
    }

    /// The names of assignments that still count later; others are about the moment, such as `EXTEND_TIMEOUT_USEC`.
    private static let lastingNames: Set = ["READY", "RELOADING", "STOPPING", "STATUS", "ERRNO"]

    private let capacity: Int
    /// The processes, the one that has said something last at the end.
    private var entries: [(process: Process, assignments: [ReceivedNotification.Assignment])] = []

    /// Remembers nothing.
    ///
    /// - Parameter capacity: How many processes are remembered; the one that has said nothing for longest is forgotten first.
    init(capacity: Int = 1000) {
        self.capacity = capacity
    }

    /// Remembers what a process has said; a value takes the place of the one that the name had before.
    ///
    /// - Parameters:
    ///   - assignments: What it has said.
    ///   - process: The process.
    mutating func record(_ assignments: [ReceivedNotification.Assignment], of process: Process) {
        let index = entries.firstIndex { $0.process.pid == process.pid }
        let former = index.map { entries.remove(at: $0) }
        var all = former?.process == process ? former?.assignments ?? [] : []
        for assignment in assignments where Self.lastingNames.contains(assignment.name) {
            all.removeAll { $0.name == assignment.name }
            all.append(assignment)
        }
        guard !all.isEmpty else {
            return
        }
        if entries.count >= capacity, !entries.isEmpty {
            entries.removeFirst()
        }
        entries.append((process, all))
    }

    /// Forgets processes that are gone.
    mutating func keepOnly(_ isThere: (Process) -> Bool) {
        entries.removeAll { !isThere($0.process) }
    }

    /// A notification for each process, in the order in which they have come.
    var notifications: [ReceivedNotification] {
        entries.map { ReceivedNotification(senders: [Int($0.process.pid)], assignments: $0.assignments) }
    }
}
