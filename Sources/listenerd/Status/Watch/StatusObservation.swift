import ListenerKit

/// What was found out about all processes at some time.
enum StatusObservation: Sendable {
    /// How they stand.
    case facts(StatusFacts)
    /// That supervisord is not there, or does not answer, in a sentence.
    case problem(String)

    /// Whether everything that should be up is up.
    var isUp: Bool {
        if case .facts(let facts) = self { StatusReport(facts).isUp } else { false }
    }

    /// The same without what changes all the time.
    var withoutCounts: StatusObservation {
        if case .facts(let facts) = self { .facts(facts.withoutCounts) } else { self }
    }

    /// It as a table.
    var table: [UInt8] {
        switch self {
        case .facts(let facts): StatusReport(facts).text
        case .problem(let problem): Array(problem.utf8) + [UInt8(ascii: "\n")]
        }
    }

    /// It as a JSON object on one line.
    var json: [UInt8] {
        switch self {
        case .facts(let facts): StatusJSON(StatusReport(facts)).line
        case .problem(let problem): StatusJSON(problem: problem).line
        }
    }
}
