import ListenerKit

/// How many processes of a group are down.
extension RestartReducer {
    /// The next target whose turn has come; nil if there is none yet.
    var nextTarget: Int? {
        guard progress.count(where: { $0.isInFlight }) < parallel else {
            return nil
        }
        let allowed = allowedGroups
        return progress.indices.first { index in
            progress[index].isWaiting
                && (allowed.contains(plan.targets[index].name.group) || isLost(plan.targets[index].name))
                && plan.targets[index].predecessors.allSatisfy { progress[$0].isDone }
        }
    }

    /// The processes that must come back before anything else is restarted; none if something is being restarted.
    var awaited: [ProcessName] {
        let isIdle = !progress.contains { $0.isInFlight } && progress.contains { $0.isWaiting }
        return isIdle && nextTarget == nil ? expected.filter { !isPresent($0) }.sorted() : []
    }

    /// The groups of which one more process may be stopped.
    private var allowedGroups: Set<String> {
        var counts: [String: Int] = [:]
        for name in expected where groups[name.group] != nil && !isPresent(name) {
            counts[name.group, default: 0] += 1
        }
        return Set(groups.keys.filter { counts[$0] ?? 0 < parallel })
    }

    /// Returns whether a process does what it is there for.
    private func isPresent(_ name: ProcessName) -> Bool {
        if let index = indices[name], progress[index].isInFlight {
            return false
        }
        return latest.isServing(name) || standing(of: name) == .completed
    }

    /// Returns whether nothing is lost by stopping a process: it does not do what it is there for.
    private func isLost(_ name: ProcessName) -> Bool {
        switch latest.processes[name]?.state {
        case .backoff: true
        // One that supervisord has started again meanwhile is waited for.
        case .starting: initiallyStarting.contains(name)
        default: isUnready(name) || [.failed, .stopped, .completed, nil].contains(standing(of: name))
        }
    }

    /// Returns whether a process is RUNNING, and not ready.
    private func isUnready(_ name: ProcessName) -> Bool {
        latest.processes[name]?.state == .running && !latest.isServing(name)
    }

    func standing(of name: ProcessName) -> ProcessStanding? {
        latest.processes[name].map { plan[rulesOf: name].standing(of: $0) }
    }

    /// Notices processes that were up, and do not come back by themselves.
    mutating func noticeLosses() {
        for name in latest.processes.keys where groups[name.group] != nil {
            let isUnreadyTarget = indices[name] != nil && isUnready(name)
            if latest.isServing(name) || standing(of: name) == .coming || isUnreadyTarget {
                expected.insert(name)
            }
        }
        let lost = expected.filter { name in
            if let index = indices[name], progress[index].isInFlight || progress[index].hasFailed {
                return false
            }
            return reasonForLoss(of: name) != nil
        }
        for name in lost.sorted() where failure == nil && matters(name) {
            failure = reasonForLoss(of: name).map { RestartFailure(process: name, reason: $0, isElsewhere: true) }
        }
    }

    /// Returns why a process does not come back by itself; nil if it is up, or comes back.
    private func reasonForLoss(of name: ProcessName) -> RestartFailure.Reason? {
        guard let process = latest.processes[name] else {
            return .unknown
        }
        if case .failed(let reason) = latest.readiness[name] {
            return .unready(reason)
        }
        return switch standing(of: name) {
        case .stopped: .stopped
        case .failed where process.state == .exited: .exited(status: process.exitStatus)
        case .failed where process.state == .fatal: .fatal(process.spawnError)
        case .failed: .unknown
        case .up, .coming, .completed, nil: nil
        }
    }

    /// Returns whether the loss of a process keeps others from being restarted.
    private func matters(_ name: ProcessName) -> Bool {
        let index = indices[name]
        // Whatever stops what is to be restarted, and was not told to by this one, may stop everything.
        if let index, progress[index].isDone || standing(of: name) == .stopped {
            return true
        }
        return (groups[name.group] ?? []).contains { $0 != index && !progress[$0].isDone }
    }
}
