import ListenerKit

extension ProcessInformation {
    /// The seconds since it was started, by supervisord's clock.
    var secondsUp: Int? {
        guard let startTime, let now, now >= startTime else {
            return nil
        }
        return Int(now.seconds(since: startTime))
    }

    /// Returns what it must have reached to be as it is.
    ///
    /// - Parameters:
    ///   - startSeconds: The seconds for which it has to be up to be RUNNING.
    ///   - exitCodes: The statuses with which it is expected to exit.
    /// - Returns: All that it must have reached.
    func reached(startSeconds: Int, exitCodes: [Int]) -> StartupConditions {
        var reached = StartupConditions(state).union(.started)
        switch state {
        case .exited:
            if exitCodes.contains(exitStatus) {
                reached.insert(.completed)
            }
        case .stopping:
            if let secondsUp, secondsUp > startSeconds {
                reached.insert(.running)
            }
        case .stopped:
            if let startTime, let stopTime, stopTime.seconds(since: startTime) > Double(startSeconds) {
                reached.insert(.running)
            }
        case .starting, .running, .backoff, .fatal, .unknown: break
        }
        return reached
    }
}
