import ListenerKit

extension FatalExitCommand {
    /// The command in words that are always the same, for the record of a run.
    ///
    /// - Parameter nanoseconds: Returns the nanoseconds from the beginning of the record to a time.
    func words(_ nanoseconds: (ContinuousClock.Instant) -> Int) -> String {
        switch self {
        case .askAboutAllProcesses: "ask about all processes"
        case .ask(let process?): "ask about \(process)"
        case .ask(nil): "ask whether supervisord is being shut down"
        case .shutDown(let verdict): "shut down supervisord: \(verdict.reason) (status \(verdict.status))"
        case .nudge: "nudge supervisord"
        case .setAlarm(let time?): "set the alarm to \(nanoseconds(time)) ns"
        case .setAlarm(nil): "take the alarm back"
        case .requestSnapshot(let delay): "request a snapshot after \(delay.optionText) s"
        }
    }
}
