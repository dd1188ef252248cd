import ListenerKit

/// The programs that a supervisord left behind when it did not end as it should.
struct Remnants {
    /// As long as supervisord gives a program by default.
    private static let patience = Duration.seconds(10)
    private static let interval = Duration.milliseconds(20)

    private let others: Set<ChildProcess>
    private var told: Set<ChildProcess> = []

    /// Takes note of children that are none.
    init(besides others: [ChildProcess]) {
        self.others = Set(others)
    }

    /// Ends them all, first kindly; their own children become ours when they end, and are ended too.
    ///
    /// - Parameters:
    ///   - reporter: Says that there are some.
    ///   - isUrgent: Whether somebody wants an end at once.
    mutating func end(_ reporter: Reporter, isUrgent: () -> Bool) {
        var deadline = ContinuousClock.now + Self.patience
        // One that not even SIGKILL ends is left to the system.
        while let children = remaining(), ContinuousClock.now < deadline + Self.patience {
            if isUrgent() {
                deadline = min(deadline, .now)
            }
            if told.isEmpty {
                let count = children.count == 1 ? "a program" : "\(children.count) programs"
                reporter.say(.warning, "ending \(count) that supervisord left behind")
            }
            let isOverdue = deadline <= .now
            for child in children where isOverdue || told.insert(child).inserted {
                child.send(isOverdue ? .kill : .terminate)
            }
            pause(for: Self.interval)
        }
    }

    /// What is left once those that have ended are gone; nil where nothing is.
    private func remaining() -> [ChildProcess]? {
        while ChildProcess.reapNext() != nil {}
        let children = ChildProcess.all.filter { !others.contains($0) }
        return children.isEmpty ? nil : children
    }
}
