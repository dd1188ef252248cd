import ListenerKit

/// The processes that are being restarted.
extension RestartReducer {
    /// How long a process may take to disappear after SIGKILL; supervisord may be up to a second late with that.
    static let killTimeout = Duration.seconds(10)

    /// Follows one process that is being stopped or started.
    ///
    /// - Returns: What is to be done; nil for nothing yet.
    mutating func advance(_ index: Int, at now: ContinuousClock.Instant) -> RestartAction? {
        guard let process = latest.processes[plan.targets[index].name], process.state != .unknown else {
            fail(index, .unknown)
            return nil
        }
        switch progress[index].phase {
        case .stopping(let time, let pid):
            return follow(index, process, stoppingSince: time, pid, at: now)
        case .starting(let time, let pid, _):
            return follow(index, process, startingSince: time, pid, at: now)
        case .waiting, .done, .failed:
            return nil
        }
    }

    private mutating func follow(
        _ index: Int,
        _ process: ProcessInformation,
        stoppingSince time: ContinuousClock.Instant,
        _ pid: Int?,
        at now: ContinuousClock.Instant
    ) -> RestartAction? {
        switch process.state {
        case .stopped, .exited, .fatal:
            progress[index].phase = .starting(now, pid: nil, "starting")
            return .start(process.name)
        case .stopping:
            if time + .seconds(plan[rulesOf: process.name].stopSeconds) + Self.killTimeout <= now {
                fail(index, .survived)
            }
            return nil
        case .running, .starting, .backoff, .unknown:
            guard process.pid == pid || process.pid == nil else {
                // Something else has started it.
                progress[index].phase = .starting(now, pid: nil, "starting")
                return follow(index, process, startingSince: now, nil, at: now)
            }
            return .stop(process.name)
        }
    }

    private mutating func follow(
        _ index: Int,
        _ process: ProcessInformation,
        startingSince time: ContinuousClock.Instant,
        _ pid: Int?,
        at now: ContinuousClock.Instant
    ) -> RestartAction? {
        var words = "starting"
        var runningPID = pid
        switch process.state {
        case .running where pid != nil && process.pid != pid, .starting where pid != nil:
            fail(index, .startedAgain)
            return nil
        case .backoff where pid != nil:
            fail(index, .exited(status: process.exitStatus))
            return nil
        case .running:
            runningPID = process.pid
            switch latest.readiness[process.name] {
            case .ready, nil:
                guard isTask(index) else {
                    return finish(index, process, hasCompleted: false, at: now)
                }
                words = "running, and not completed"
            case .failed(let reason):
                fail(index, .unready(reason))
                return nil
            case .waiting(let reason): words = "not ready: \(reason)"
            }
        case .starting: break
        case .backoff: words = "in BACKOFF" + (process.spawnError.map { ": \($0)" } ?? "")
        case .exited:
            let rules = plan[rulesOf: process.name]
            if !rules.hasGates, rules.standing(of: process) == .completed {
                return finish(index, process, hasCompleted: true, at: now)
            }
            fail(index, .exited(status: process.exitStatus))
            return nil
        case .fatal:
            fail(index, .fatal(process.spawnError))
            return nil
        case .stopped, .stopping, .unknown:
            fail(index, .stopped)
            return nil
        }
        progress[index].phase = .starting(time, pid: runningPID, words)
        if let timeout, time + timeout <= now {
            fail(index, .timedOut(timeout, words))
        }
        return nil
    }

    /// Whether a process is ready only once it has done its work: that is what is waited for, or how it stood before.
    private func isTask(_ index: Int) -> Bool {
        let rules = plan[rulesOf: plan.targets[index].name]
        let wasCompleted = progress[index].previous.map { rules.standing(of: $0) == .completed } ?? false
        return !rules.hasGates && (rules.isTask || wasCompleted)
    }

    private mutating func finish(
        _ index: Int,
        _ process: ProcessInformation,
        hasCompleted: Bool,
        at now: ContinuousClock.Instant
    ) -> RestartAction? {
        let previous = progress[index].previous
        progress[index].phase = .done
        return .report(
            RestartedProcess(
                name: process.name,
                previousState: previous?.state ?? .unknown,
                previousPID: previous?.pid,
                pid: process.pid,
                hasCompleted: hasCompleted,
                duration: progress[index].beginning.map { $0.duration(to: now) } ?? .zero
            )
        )
    }
}
