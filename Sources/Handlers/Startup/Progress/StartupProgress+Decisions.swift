import ListenerKit

/// Whether processes have really started: that supervisord has received the call is not enough.
extension StartupProgress {
    /// Whether every process that was to be started has been, and come up.
    var isComplete: Bool {
        began != nil && managed.allSatisfy { isDecided($0) && !hasFailedToStart($0) }
    }

    /// Returns whether it is decided of every process whether it has started; this costs little as long as it is not.
    mutating func isDecided() -> Bool {
        for offset in managed.indices {
            let position = (undecided + offset) % managed.count
            guard isDecided(managed[position]) else {
                undecided = position
                return false
            }
        }
        return true
    }

    /// Whether it is decided of a process whether it has started: it has been up, or supervisord has given it up.
    private func isDecided(_ index: Int) -> Bool {
        switch processes[index].start {
        case .none, .asked, .unconfirmed, .maybeReplaced: return false
        case .refused: return true
        case .seen:
            return processes[index].failure != nil || processes[index].hasBeenUp || goesOnRegardless
        }
    }

    /// The processes that supervisord was asked to start, and that have not started, and will not by themselves.
    var failedStarts: [StartupSummary.Failure] {
        managed.compactMap { index in
            let process = processes[index]
            guard process.isStartedHere || process.start == .refused, hasFailedToStart(index) else {
                return nil
            }
            return process.failure.map { .init(process: process.name, failure: $0) }
        }
    }

    /// Returns whether a process has not started, and will not by itself.
    func hasFailedToStart(_ index: Int) -> Bool {
        switch processes[index].failure {
        case .refused, .notExecuted, .notReady: true
        case .fatal, .unknown: !processes[index].hasBeenUp
        case .exited, .stopped, .neverStarted, nil: false
        }
    }

    /// Whether nothing is waited for any more, because the timeout is over and the policy is to go on.
    var goesOnRegardless: Bool { isOverdue && policy == .continue }

    /// Returns whether a snapshot shows that what was started here is really executed.
    ///
    /// Without `startsecs`, supervisord takes a process for RUNNING before its child has entered `directory=`, become `user=`
    /// and executed the command. If any of these fails, the process exits a moment later.
    ///
    /// - Parameter snapshot: Every process that supervisord knows.
    /// - Returns: Whether each has been up for a second, or has exited in another way.
    func isProven(by snapshot: [ProcessInformation]) -> Bool {
        snapshot.allSatisfy { information in
            guard let index = indices[information.name], processes[index].isStartedHere else {
                return true
            }
            switch information.state {
            case .running: return (information.secondsUp ?? 0) > 1
            case .exited: return !information.isNeverExecuted(exitCodes: exitCodes(of: index))
            case .starting, .backoff, .fatal: return false
            case .stopping, .stopped, .unknown: return true
            }
        }
    }

    private func exitCodes(of index: Int) -> [Int] {
        plan.programs[processes[index].program].exitCodes
    }
}
