extension SupervisordProcess {
    /// How long to wait for a child to execute its program.
    ///
    /// It takes seconds if there are many descriptors to close on a busy machine. This is less than the time after which
    /// supervisord kills a program that has missed its stop signal.
    package static let startTimeout = Duration.seconds(5)
    /// A supervisord that runs without sleeping for longer than this is not starting programs, but is busy with something else.
    private static let loopTimeout = Duration.milliseconds(50)
    private static let interval = Duration.milliseconds(1)

    /// Waits until every child that supervisord has forked executes its program, so that the program receives the signal with
    /// which supervisord stops it.
    ///
    /// Between fork and exec a child has supervisord's own signal handlers, while it closes `minfds` descriptors. A TERM that
    /// arrives then is lost, and SIGKILL follows `stopwaitsecs` later. Children that supervisord is about to fork in the current
    /// pass of its loop are waited for too. Returns at once if there is no such child, or if `/proc` does not tell.
    ///
    /// - Parameters:
    ///   - deadline: When to give up.
    ///   - startTimeout: The age from which on a child that has not executed its program is not waited for.
    package func waitUntilChildrenExecute(
        by deadline: ContinuousClock.Instant,
        startTimeout: Duration = Self.startTimeout
    ) {
        let endOfLoop = min(deadline, .now + Self.loopTimeout)
        while ContinuousClock.now < deadline {
            // While it sleeps it waits for events, and does not fork before one arrives.
            let mayFork = ContinuousClock.now < endOfLoop && ProcessStatus(pid: pid)?.isRunning ?? false
            guard mayFork || hasChildBeforeExec(startTimeout) else {
                return
            }
            pause(for: Self.interval)
        }
    }

    /// Returns whether there is a child that has been forked and has not executed its program yet.
    private func hasChildBeforeExec(_ startTimeout: Duration) -> Bool {
        children.contains { child in
            // An older child never will: a plug-in of supervisord may have forked it for its own purposes.
            guard let status = ProcessStatus(pid: child), status.parent == pid,
                status.age ?? .zero < startTimeout
            else {
                return false
            }
            return status.isBeforeExec ?? hasOwnCommandLine(child)
        }
    }

    /// Returns whether a child has supervisord's command line, as every one has before it executes its program.
    private func hasOwnCommandLine(_ child: Int32) -> Bool {
        guard let own = RunningProcess(pid: pid) else {
            return false
        }
        return RunningProcess(pid: child)?.arguments == own.arguments
    }

    /// The pids of supervisord's children; empty if they are hidden from this process.
    private var children: [Int32] {
        // supervisord forks from its first thread only.
        guard let list = try? contents(ofFile: "/proc/\(pid)/task/\(pid)/children") else {
            // Not every kernel has this list.
            return RunningProcess.children(of: pid)
        }
        return list.split(separator: UInt8(ascii: " ")).compactMap { Int(decimal: $0).flatMap { Int32(exactly: $0) } }
    }
}
