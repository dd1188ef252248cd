import ListenerKit

extension CheckRules {
    /// The rules about the end.
    static let stop = [slowStop]

    private static let slowStop = CheckRule(
        "slow-stop",
        .error,
        "a stop that may take longer than --stop-within allows",
        reason: """
            supervisord stops one group after the other, so that the longest stopwaitsecs of each add up; in an ordered stop, \
            those of programs that depend on each other do. docker kills everything after ten seconds.
            """
    ) { checked, findings in
        guard let timeout = checked.stopTimeout else {
            return
        }
        let stop = PlannedStop(checked.plan, checked.configuration)
        if stop.hasOrder, .seconds(stop.forecast.seconds) > timeout {
            findings.add(checked.start, orderedStop(stop, longerThan: timeout))
        } else if .seconds(stop.budget.seconds) > timeout {
            let message = "\(stopByGroups(stop, longerThan: timeout)); \(advice(stop))"
            findings.add(checked.start, message, severity: stop.hasOrder ? .warning : .error)
        }
    }

    private static func orderedStop(_ stop: PlannedStop, longerThan timeout: Duration) -> String {
        let chain =
            stop.chain.map { ": these stop one after the other, and each may take its stopwaitsecs (\($0))" } ?? ""
        return """
            programs may take \(stop.forecast.seconds) s to stop in the reverse of their order, longer than \
            \(timeout.optionText) s\(chain); supervisord alone may take \(stop.budget.seconds) s; lower stopwaitsecs
            """
    }

    private static func stopByGroups(_ stop: PlannedStop, longerThan timeout: Duration) -> String {
        """
        supervisord may take \(stop.budget.seconds) s to stop, longer than \(timeout.optionText) s: it stops one group after \
        the other, and waits up to stopwaitsecs for each (\(stop.groups ?? ""))
        """
    }

    private static func advice(_ stop: PlannedStop) -> String {
        guard let longest = stop.budget.groups.first, stop.budget.groups.count(where: { $0.seconds > 0 }) > 1 else {
            return "lower stopwaitsecs"
        }
        guard !stop.hasOrder else {
            return """
                'listenerd supervise --ordered-startup' stops what does not depend on each other at the same time, and so takes \
                \(stop.forecast.seconds) s at most
                """
        }
        return """
            in one group, all would stop at the same time, within \(longest.seconds) s; list them in programs= of a [group:x], \
            or lower stopwaitsecs
            """
    }
}
