/// What a process does at a time of the startup.
enum TimelinePhase: CaseIterable {
    /// It waits for others.
    case waiting
    /// supervisord starts it.
    case starting
    /// It is RUNNING, and its gates have not passed.
    case becomingReady
    /// It is where it should be.
    case up

    /// The character of a bar.
    func mark(_ style: TextStyle) -> String {
        switch self {
        case .waiting: style.isUnicode ? "·" : "."
        case .starting: style.isUnicode ? "█" : "#"
        case .becomingReady: style.isUnicode ? "▒" : "+"
        case .up: style.isUnicode ? "─" : "-"
        }
    }

    /// Its color.
    var attribute: TextStyle.Attribute {
        switch self {
        case .waiting: .dim
        case .starting: .yellow
        case .becomingReady: .cyan
        case .up: .green
        }
    }

    /// What it means.
    var words: String {
        switch self {
        case .waiting: "waiting"
        case .starting: "STARTING"
        case .becomingReady: "RUNNING, not ready"
        case .up: "up"
        }
    }
}

extension StartupTimeline.Bar {
    /// Returns from when to when a process was in a phase, within the startup; nil if it was not.
    func interval(_ phase: TimelinePhase, total: Double) -> (start: Double, end: Double)? {
        let start = started ?? total
        let end = exited ?? total
        // A process that has failed before it was RUNNING was on its way until the end.
        let up = running ?? end
        let interval: (Double, Double) =
            switch phase {
            case .waiting: (0, start)
            case .starting: (start, min(up, end))
            case .becomingReady: (min(up, end), min(ready ?? end, end))
            case .up: (min(ready ?? end, end), end)
            }
        return interval.1 > interval.0 ? interval : nil
    }

    /// How long it took from its start to where it should be, or to its end if that is later.
    func ownSeconds(total: Double) -> Double {
        guard let started else {
            return 0
        }
        let goal = outcome == .completed ? exited ?? ready : ready
        return max(0, (goal ?? total) - started)
    }
}
