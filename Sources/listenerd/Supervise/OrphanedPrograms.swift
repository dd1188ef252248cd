import ListenerKit

/// The programs that supervisord left running when it did not exit as it should.
///
/// They are children of this process now, which is a subreaper.
struct OrphanedPrograms {
    /// How long they may take to exit after SIGTERM, as long as supervisord gives a program by default, and after SIGKILL.
    private static let timeout = Duration.seconds(10)
    private static let interval = Duration.milliseconds(20)

    private let others: Set<ChildProcess>
    private var signaled: Set<ChildProcess> = []

    /// Excludes children that are no orphaned programs.
    init(besides others: [ChildProcess]) {
        self.others = Set(others)
    }

    /// Terminates them all, by SIGTERM at first; their own children become children of this process when they exit, and are
    /// terminated too.
    ///
    /// - Parameters:
    ///   - limit: When to kill them at the latest; nil if there is no such time.
    ///   - reporter: Reports that there are some.
    ///   - isUrgent: Whether to kill them at once.
    mutating func terminate(by limit: ContinuousClock.Instant?, _ reporter: Reporter, isUrgent: () -> Bool) {
        let deadline = min(ContinuousClock.now + Self.timeout, limit ?? .now + Self.timeout)
        terminate(by: deadline, isUrgent: isUrgent) { count in
            // A listener has ended by the time at which it could be named.
            let named = SupervisedProcess.all(of: .current)
            let number = named.isEmpty ? count : named.count
            let programs = number == 1 ? "a program" : "\(number) programs"
            let names = SupervisedProcess.list(named)
            let list = names.isEmpty ? "" : ": \(names)"
            reporter.report(.warning, "terminating \(programs) that supervisord left running\(list)")
        }
    }

    /// Kills them all at once, because the deadline of the shutdown has passed.
    mutating func kill() {
        terminate(by: .now, isUrgent: { true }, whenFound: { _ in })
    }

    private mutating func terminate(
        by deadline: ContinuousClock.Instant,
        isUrgent: () -> Bool,
        whenFound: (_ count: Int) -> Void
    ) {
        var deadline = deadline
        // A process that not even SIGKILL ends is left to the system.
        while let children = remainingChildren(), ContinuousClock.now < deadline + Self.timeout {
            if isUrgent() {
                deadline = min(deadline, .now)
            }
            if signaled.isEmpty {
                whenFound(children.count)
            }
            let isOverdue = deadline <= .now
            for child in children where signaled.insert(child).inserted || isOverdue {
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

    /// Reaps the children that have exited, and returns those that have not; nil if there are none.
    private func remainingChildren() -> [ChildProcess]? {
        while ChildProcess.reapExitedChild() != nil {}
        let children = ChildProcess.all.filter { !others.contains($0) }
        return children.isEmpty ? nil : children
    }
}
