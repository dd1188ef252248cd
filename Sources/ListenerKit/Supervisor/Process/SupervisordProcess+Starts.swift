extension SupervisordProcess {
    /// How long a start may take before it is no longer waited for: seconds, with many descriptors to close on a busy machine;
    /// less than the time after which supervisord kills a program that has not heard that it is to stop.
    package static let startTimeout = Duration.seconds(5)
    /// A supervisord that runs for so long starts nothing, but is busy with something else.
    private static let passTimeout = Duration.milliseconds(50)
    private static let interval = Duration.milliseconds(1)

    /// Waits until every process that supervisord has forked executes its program, so that the program gets the signal that
    /// supervisord stops it with.
    ///
    /// From fork to exec a child has supervisord's own signal handlers, and closes `minfds` descriptors meanwhile; a TERM
    /// that comes then is swallowed, and SIGKILL follows `stopwaitsecs` later. What supervisord is about to fork in the
    /// present pass of its loop is waited for too. Returns at once if there is no such process, or `/proc` does not tell.
    ///
    /// - Parameters:
    ///   - deadline: When to give up.
    ///   - startTimeout: How old a process can be that is still taken for one that is being started.
    package func waitUntilStarted(
        by deadline: ContinuousClock.Instant,
        startTimeout: Duration = Self.startTimeout
    ) {
        let endOfPass = min(deadline, .now + Self.passTimeout)
        while ContinuousClock.now < deadline {
            // While it sleeps it waits for events, and forks nothing before they come.
            let mayFork = ContinuousClock.now < endOfPass && ProcessStatus(processID: number)?.isRunning ?? false
            guard mayFork || isStarting(startTimeout) else {
                return
            }
            pause(for: Self.interval)
        }
    }

    /// Whether a child has been forked that does not execute its program yet.
    private func isStarting(_ startTimeout: Duration) -> Bool {
        children.contains { child in
            // One that is older never will: what is plugged into supervisord may fork for its own purposes.
            guard let status = ProcessStatus(processID: child), status.parent == number,
                status.age ?? .zero < startTimeout
            else {
                return false
            }
            return status.isForkedOnly ?? hasOwnCommandLine(child)
        }
    }

    /// Whether a process has supervisord's command line, as every child has before it executes its program.
    private func hasOwnCommandLine(_ child: Int32) -> Bool {
        guard let own = RunningProcess(processID: number) else {
            return false
        }
        return RunningProcess(processID: child)?.arguments == own.arguments
    }

    /// The pids of its children; none if they are hidden from this process.
    private var children: [Int32] {
        // It forks from its first thread only.
        guard let list = try? contents(ofFile: "/proc/\(number)/task/\(number)/children") else {
            // Not every kernel has the list.
            return RunningProcess.children(of: number)
        }
        return list.split(separator: UInt8(ascii: " ")).compactMap { Int(decimal: $0).flatMap { Int32(exactly: $0) } }
    }
}
