import ListenerKit

extension StartupCommand {
    /// Returns the command in words that are always the same, for a record that can be compared.
    ///
    /// - Parameter time: Returns a time as the record has it.
    /// - Returns: The words.
    func words(_ time: (ContinuousClock.Instant) -> Duration) -> String {
        switch self {
        case .start(let process): "start \(process)"
        case .nudge: DecisionWords.nudge
        case .requestSnapshot(let delay): DecisionWords.requestSnapshot(after: delay)
        case .setAlarm(let alarm): DecisionWords.setAlarm(at: alarm.map(time))
        case .report(let level, let message): "report \(level.rawValue): \(message)"
        case .reportFailure(let level, let process, let failure, let consequence):
            "report \(level.rawValue): \(failure.description(of: process.description))\(consequence)"
        case .reportSummary(let summary): "report \(summary.level.rawValue): \(summary.message())"
        case .shutDown(let reason, _): "shut down supervisord: \(reason)"
        case .reportReady(let process, let duration, _): "\(process) is ready after \(duration.exactSeconds) s"
        case .beginAttempt(let attempt): "begin attempt \(attempt.id) for \(attempt.process)"
        case .cancelAttempt(let attempt): "cancel attempt \(attempt)"
        case .answer(let question, _): "answer question \(question)"
        case .endListener: "end the listener"
        }
    }
}
