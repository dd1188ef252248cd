import ListenerKit

/// Ends right after a start.
extension StartupProgress {
    /// What ends sooner than this has ended right after its start; events may come a second late.
    private static let quick = Duration.seconds(2)
    /// After so many quick ends in a row something is said.
    private static let manyQuickEnds = 3

    /// Notes that a process which was started here exited unexpectedly right after its start: it may not have been executed
    /// at all, which the event does not tell.
    ///
    /// - Returns: What is to be said if supervisord starts it again and again, and so forgets why.
    mutating func noteQuickEnd(
        _ number: Int,
        _ transition: ProcessStateEvent.Transition,
        at now: ContinuousClock.Instant
    ) -> [StartupCommand] {
        guard case .exited(let isExpected, _) = transition, processes[number].isStartedHere else {
            return []
        }
        guard !isExpected, let seen = processes[number].seen, seen.duration(to: now) < Self.quick else {
            processes[number].quickEnds = 0
            return []
        }
        processes[number].quickEnds += 1
        guard plan.programs[processes[number].program].autorestart.restarts(afterExpected: false) else {
            wantsSnapshot = true
            return []
        }
        guard processes[number].quickEnds == Self.manyQuickEnds else {
            return []
        }
        let message =
            "\(processes[number].name) exited unexpectedly right after its start \(Self.manyQuickEnds) times in a row; if "
            + "supervisord cannot enter directory=, become user= or execute command=, its standard error says so"
        return [.sayUnlessStopping(.warning, message)]
    }
}
