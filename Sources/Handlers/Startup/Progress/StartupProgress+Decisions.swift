import ListenerKit

/// Whether processes have really started: that supervisord has taken the order is not enough.
extension StartupProgress {
    /// Whether every process that was to be started has been, and come up.
    var isComplete: Bool {
        began != nil && managed.allSatisfy { isDecided($0) && !hasFailedToStart($0) }
    }

    /// Whether it is decided of every process whether it has started; asking costs little as long as it is not.
    mutating func isDecided() -> Bool {
        for offset in managed.indices {
            let place = (undecided + offset) % managed.count
            guard isDecided(managed[place]) else {
                undecided = place
                return false
            }
        }
        return true
    }

    /// Whether it is decided of a process whether it has started: it has been up, or supervisord has given it up.
    private func isDecided(_ number: Int) -> Bool {
        let process = processes[number]
        switch process.start {
        case .none, .asked, .inDoubt, .maybeReplaced: return false
        case .refused: return true
        case .seen: return process.failure != nil || process.reached.contains(.running) || goesOnRegardless
        }
    }

    /// The processes whose start was asked for, and that have not started, and will not by themselves.
    var failedStarts: [StartupSummary.Failure] {
        managed.compactMap { number in
            let process = processes[number]
            guard process.isStartedHere || process.start == .refused, hasFailedToStart(number) else {
                return nil
            }
            return process.failure.map { .init(process: process.name, failure: $0) }
        }
    }

    /// Whether a process has not started, and will not by itself.
    func hasFailedToStart(_ number: Int) -> Bool {
        switch processes[number].failure {
        case .refused, .notExecuted: true
        case .fatal, .unknown: !processes[number].reached.contains(.running)
        case .ended, .stopped, .neverStarted, nil: false
        }
    }

    /// Whether nothing is waited for any more, because the time is up and the policy is to go on.
    var goesOnRegardless: Bool { isOverdue && policy == .continue }

    /// Whether a snapshot shows that what was started here is really executed.
    ///
    /// Without `startsecs`, supervisord takes a process for RUNNING before its child has entered `directory=`, become `user=`
    /// and executed the command. If any of these fails, the process ends a moment later.
    ///
    /// - Parameter snapshot: Every process that supervisord knows.
    /// - Returns: Whether each has been up for a second, or has ended in another way.
    func isProven(by snapshot: [ProcessInformation]) -> Bool {
        snapshot.allSatisfy { information in
            guard let number = numbers[information.name], processes[number].isStartedHere else {
                return true
            }
            switch information.state {
            case .running: return (information.secondsUp ?? 0) > 1
            case .exited: return !information.isNeverExecuted(exitCodes: exitCodes(of: number))
            case .starting, .backoff, .fatal: return false
            case .stopping, .stopped, .unknown: return true
            }
        }
    }

    private func exitCodes(of number: Int) -> [Int] {
        plan.programs[processes[number].program].exitCodes
    }
}
