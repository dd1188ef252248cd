import ListenerKit

extension CheckRules {
    /// The rules about the end.
    static let stop = [slowStop]

    /// The number of groups that a message names.
    private static let namedGroups = 5

    private static let slowStop = CheckRule(
        "slow-stop",
        .error,
        "a stop that may take longer than --stop-within allows",
        reason: """
            supervisord stops one group after the other, so that the longest stopwaitsecs of each add up; docker kills \
            everything after ten seconds.
            """
    ) { checked, findings in
        let budget = StopBudget(checked.configuration, isNudged: true)
        guard let timeout = checked.stopTimeout, .seconds(budget.seconds) > timeout, let longest = budget.groups.first
        else {
            return
        }
        let groups = budget.groups.filter { $0.seconds > 0 }
        var times = groups.prefix(namedGroups).map { "\($0.name) \($0.seconds) s" }
        let others = groups.count - times.count
        if others > 0 {
            times.append("\(others) more")
        }
        let advice =
            groups.count > 1
            ? """
            in one group, all would stop at the same time, within \(longest.seconds) s; list them in programs= of a \
            [group:x], or lower stopwaitsecs
            """ : "lower stopwaitsecs"
        findings.add(
            checked.start,
            """
            supervisord may take \(budget.seconds) s to stop, longer than \(timeout.optionText) s: it stops one group after \
            the other, and waits up to stopwaitsecs for each (\(listed(times))); \(advice)
            """
        )
    }
}
