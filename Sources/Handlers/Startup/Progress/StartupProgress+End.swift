import ListenerKit

extension StartupProgress {
    /// When the timeout is over; nil if there is none, or if it no longer matters.
    var deadline: ContinuousClock.Instant? {
        guard remaining > 0, !isFinished, !isOverdue, let began, let timeout else {
            return nil
        }
        return began + timeout
    }

    /// Checks whether the timeout is over.
    ///
    /// - Parameters:
    ///   - now: The present time.
    ///   - openGates: Returns the gates of a process that have not passed, in words; nil if there are none.
    /// - Returns: What is to be done, in this order.
    mutating func checkDeadline(
        at now: ContinuousClock.Instant,
        openGates: (ProcessName) -> String? = { _ in nil }
    ) -> [StartupCommand] {
        guard let deadline, let began, now >= deadline else {
            return []
        }
        isOverdue = true
        let names = unstartedNames(openGates)
        let message = "not everything has started after \(began.duration(to: now).inSeconds) s"
        switch policy {
        case .wait:
            return [.report(.error, "\(message); not started: \(names)")]
        case .continue:
            for parent in parents.indices {
                release(parent, because: nil) { _ in true }
            }
            return [.report(.error, "\(message); starting anyway: \(names)")] + startReadyPrograms(at: now)
        case .exit:
            return [.shutDown(reason: "\(message); not started: \(names)", failed: nil)]
        }
    }

    /// Ends the startup, once, when it is decided of every process whether it has started.
    ///
    /// - Parameter now: The present time.
    /// - Returns: The summary; nil if there was nothing to do, or if all has been reported.
    mutating func finish(at now: ContinuousClock.Instant) -> StartupSummary? {
        guard !isFinished, let began, isDecided() else {
            return nil
        }
        isFinished = true
        let failures = failedStarts
        let count = managed.count { processes[$0].isStartedHere && !hasFailedToStart($0) }
        guard count > 0 || failures.contains(where: { !$0.failure.isReportedAlone }) else {
            return nil
        }
        return StartupSummary(
            count: count,
            readyCount: managed.contains { processes[$0].hasGates }
                ? managed.count { processes[$0].isStartedHere && processes[$0].isReady } : nil,
            duration: began.duration(to: now),
            chain: slowestChain(since: began),
            failures: failures
        )
    }

    /// The programs that led to the last start, each with the time of its own.
    private func slowestChain(since began: ContinuousClock.Instant) -> String {
        var links: [String] = []
        var isCut = false
        var next = lastStarted
        while let program = next {
            guard links.count < Self.mostLinks else {
                isCut = true
                break
            }
            let time = programs[program].waitedFor == nil ? nil : programs[program].startedAt
            let seconds = time.map { " \(began.duration(to: $0).inSeconds) s" } ?? ""
            links.append(plan.programs[program].name + seconds)
            next = programs[program].waitedFor
        }
        let chain = (isCut ? ["…"] : []) + links.reversed()
        return links.count > 1 ? "; slowest chain: " + chain.joined(separator: " → ") : ""
    }

    /// As many links of a chain as are worth reading in one line.
    private static let mostLinks = 10

    /// Names what is not started, each with the first thing that it waits for.
    private func unstartedNames(_ openGates: (ProcessName) -> String?) -> String {
        var waitsFor: [Int: String] = [:]
        for (index, parent) in parents.enumerated() {
            for waiter in parent.waiters where waitsFor[waiter.program] == nil {
                let gates = plan.parents[index].processes.compactMap { openGates(processes[$0].name) }.first
                waitsFor[waiter.program] = " (waits for \(plan.parents[index].name)\(gates.map { ": \($0)" } ?? ""))"
            }
        }
        let unstarted = programs.indices.filter { programs[$0].unstarted > 0 }
        let names = unstarted.prefix(Self.mostLinks).map { plan.programs[$0].name + (waitsFor[$0] ?? "") }
        let rest = unstarted.count - names.count
        return names.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    }
}
