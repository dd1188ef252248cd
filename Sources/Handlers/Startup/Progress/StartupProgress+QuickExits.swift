import ListenerKit

/// Exits right after a start.
extension StartupProgress {
    /// A process that exits sooner than this has exited right after its start; events may come a second late.
    private static let quickExitTime = Duration.seconds(2)
    /// After so many quick exits in a row there is a warning.
    private static let manyQuickExits = 3

    /// Records that a process which was started here has exited unexpectedly right after its start: it may not have been
    /// executed at all, which the event does not tell.
    ///
    /// - Returns: A request for a snapshot, which tells; or a warning, if supervisord restarts the process again and again, and
    ///   so forgets how it exited.
    mutating func recordQuickExit(
        _ index: Int,
        _ transition: ProcessStateEvent.Transition,
        at now: ContinuousClock.Instant
    ) -> [StartupCommand] {
        guard case .exited(let isExpected, _) = transition, processes[index].isStartedHere else {
            return []
        }
        guard !isExpected, let seen = processes[index].seen, seen.duration(to: now) < Self.quickExitTime else {
            processes[index].quickExits = 0
            return []
        }
        processes[index].quickExits += 1
        guard plan.programs[processes[index].program].autorestart.restarts(afterExpected: false) else {
            return [.requestSnapshot(after: Self.snapshotDelay)]
        }
        guard processes[index].quickExits == Self.manyQuickExits else {
            return []
        }
        let message =
            "\(processes[index].name) exited unexpectedly right after its start \(Self.manyQuickExits) times in a row; if "
            + "supervisord cannot enter directory=, become user= or execute command=, its standard error says so"
        return [.report(.warning, message)]
    }
}
