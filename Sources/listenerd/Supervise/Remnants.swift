import ListenerKit

/// The programs that a supervisord left behind when it did not end as it should.
struct Remnants {
    /// As long as supervisord gives a program by default.
    private static let patience = Duration.seconds(10)
    private static let interval = Duration.milliseconds(20)

    private var told: Set<ChildProcess> = []

    /// Ends them all, first kindly; their own children become ours when they end, and are ended too.
    ///
    /// - Parameter reporter: Says that there are some.
    mutating func end(_ reporter: Reporter) {
        let deadline = ContinuousClock.now + Self.patience
        // One that not even SIGKILL ends is left to the system.
        while let children = remaining(), ContinuousClock.now < deadline + Self.patience {
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
        let children = ChildProcess.all
        return children.isEmpty ? nil : children
    }
}
