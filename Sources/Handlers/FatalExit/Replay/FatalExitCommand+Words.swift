import ListenerKit

extension FatalExitCommand {
    /// Returns the command in words that are always the same, for a record that can be compared.
    ///
    /// - Parameter time: Returns a time as the record has it.
    /// - Returns: The words.
    func words(_ time: (ContinuousClock.Instant) -> Duration) -> String {
        switch self {
        case .askAboutAllProcesses: "ask about all processes"
        case .ask(let process?): "ask about \(process)"
        case .ask(nil): "ask whether supervisord is being shut down"
        case .shutDown(let verdict): "shut down supervisord: \(verdict.reason) (status \(verdict.status))"
        case .nudge: DecisionWords.nudge
        case .setAlarm(let alarm): DecisionWords.setAlarm(at: alarm.map(time))
        case .requestSnapshot(let delay): DecisionWords.requestSnapshot(after: delay)
        }
    }
}
