import ListenerKit

extension StartupProgress {
    /// Whether all has been started that can be, for certain.
    var isComplete: Bool {
        began != nil && remaining == 0 && !processes.contains { $0.start.isUncertain }
    }

    /// When the time is up; nil where it is not limited, or no longer matters.
    var deadline: ContinuousClock.Instant? {
        guard let began, let timeout, remaining > 0, !isFinished, !isOverdue else {
            return nil
        }
        return began + timeout
    }

    /// Sees whether the time is up.
    ///
    /// - Parameter now: The present moment.
    /// - Returns: What is to be done, in this order.
    mutating func checkDeadline(at now: ContinuousClock.Instant) -> [StartupCommand] {
        guard let deadline, let began, now >= deadline else {
            return []
        }
        isOverdue = true
        let names = unstartedNames()
        let message = "not everything is started after \(began.duration(to: now).inSeconds) s"
        switch policy {
        case .wait:
            return [.sayUnlessStopping(.error, "\(message); not started: \(names)")]
        case .continue:
            for parent in parents.indices {
                release(parent, because: nil) { _ in true }
            }
            return [.sayUnlessStopping(.error, "\(message); going on all the same: \(names)")]
                + startWhatIsFree(at: now)
        case .exit:
            return [.endSupervisor("\(message), and not started: \(names)", nil)]
        }
    }

    /// Finds, once, that all is done.
    ///
    /// - Parameter now: The present moment.
    /// - Returns: What is to be said of that, where there was anything to do.
    mutating func finish(at now: ContinuousClock.Instant) -> String? {
        guard !isFinished, isComplete, let began else {
            return nil
        }
        isFinished = true
        guard startedHere > 0 else {
            return nil
        }
        let count = "\(startedHere) \(startedHere == 1 ? "process" : "processes")"
        let seconds = began.duration(to: now).inSeconds
        return "started \(count) in order, in \(seconds) s\(slowestChain(since: began))"
    }

    /// The programs that led to the last start, each with the moment of its own.
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
        return links.count > 1 ? "; the slowest chain: " + chain.joined(separator: " → ") : ""
    }

    /// As many links of a chain as are worth reading in one line.
    private static let mostLinks = 10

    /// Names what is not started, each with the first thing that it waits for.
    private func unstartedNames() -> String {
        var waitsFor: [Int: String] = [:]
        for (index, parent) in parents.enumerated() {
            for waiter in parent.waiters where waitsFor[waiter.program] == nil {
                waitsFor[waiter.program] = " (waits for \(plan.parents[index].name))"
            }
        }
        let unstarted = programs.indices.filter { programs[$0].unstarted > 0 }
        let names = unstarted.prefix(Self.mostLinks).map { plan.programs[$0].name + (waitsFor[$0] ?? "") }
        let rest = unstarted.count - names.count
        return names.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    }
}

extension Duration {
    /// The seconds with one decimal: `1.5`.
    fileprivate var inSeconds: String {
        let tenths = Int((self / .milliseconds(100)).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
