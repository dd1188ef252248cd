import ListenerKit

/// The programs that a supervisord left behind when it did not end as it should.
struct OrphanedPrograms {
    /// As long as supervisord gives a program by default.
    private static let timeout = Duration.seconds(10)
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
        let deadline = ContinuousClock.now + Self.timeout
        end(by: deadline, isUrgent: isUrgent) { count in
            let what = count == 1 ? "a program" : "\(count) programs"
            // They are children of this process now.
            let names = SupervisedProcess.list(SupervisedProcess.all(of: .current))
            let list = names.isEmpty ? "" : ": \(names)"
            reporter.report(.warning, "terminating \(what) that supervisord left running\(list)")
        }
    }

    /// Kills them all at once, as they had all the time that they may have.
    mutating func kill() {
        end(by: .now, isUrgent: { true }, begin: { _ in })
    }

    private mutating func end(by deadline: ContinuousClock.Instant, isUrgent: () -> Bool, begin: (Int) -> Void) {
        var deadline = deadline
        // One that not even SIGKILL ends is left to the system.
        while let children = remaining(), ContinuousClock.now < deadline + Self.timeout {
            if isUrgent() {
                deadline = min(deadline, .now)
            }
            if told.isEmpty {
                begin(children.count)
            }
            let isOverdue = deadline <= .now
            for child in children where told.insert(child).inserted || isOverdue {
                if isOverdue {
                    // Each program of supervisord's leads a process group.
                    child.sendToGroup(.kill)
                } else {
                    child.send(.terminate)
                }
            }
            pause(for: Self.interval)
        }
    }

    /// What is left once those that have ended are gone; nil where nothing is.
    private func remaining() -> [ChildProcess]? {
        while ChildProcess.reapExitedChild() != nil {}
        let children = ChildProcess.all.filter { !others.contains($0) }
        return children.isEmpty ? nil : children
    }
}
