import Handlers
import ListenerKit

/// The expected order of starts beside the one that a log has.
struct PlanComparison {
    /// The programs in the order in which they should start.
    private let expected: [String]
    /// The programs in the order in which they have started, and when.
    private let actual: [(name: String, time: Double)]

    /// Compares a plan with a run.
    ///
    /// - Parameters:
    ///   - plan: The plan of the configuration.
    ///   - run: What the log says.
    init(_ plan: StartupPlan, _ run: StartupRun) {
        expected = plan.order.map { plan.programs[$0].name }
        // The log may be of another version of the configuration.
        var programs = Dictionary(plan.programs.map { ($0.name, $0) }) { first, _ in first }
        for program in run.plan?.programs ?? [] where program.isManaged && programs[program.name] == nil {
            programs[program.name] = program
        }
        let positions = Dictionary(expected.enumerated().map { ($1, $0) }) { first, _ in first }
        actual = programs.values.filter { $0.isManaged }.map { program in
            (program.name, program.processes.compactMap { run.processes[$0]?.started }.min() ?? .infinity)
        }
        .filter { $0.1 < .infinity }
        .sorted { one, other in
            // What has started at the same time has started in the expected order.
            (one.1, positions[one.0] ?? .max, one.0) < (other.1, positions[other.0] ?? .max, other.0)
        }
    }

    /// The two orders side by side, as text.
    var text: [UInt8] {
        let changes = actual.map { $0.name }.difference(from: expected)
        let missing = Set(changes.removals.map { $0.offset })
        let added = Set(changes.insertions.map { $0.offset })
        let started = Set(actual.map { $0.name })
        var table = Table()
        table.add(["", "expected", "actual"])
        var next = 0
        func addUnexpected() {
            while added.contains(next) {
                table.add(["+", "", actual[next].name, "at \(actual[next].time.secondsText) s"])
                next += 1
            }
        }
        for (index, name) in expected.enumerated() {
            if missing.contains(index) {
                table.add(["-", name, "", started.contains(name) ? "started elsewhere" : "not started"])
            } else {
                addUnexpected()
                table.add(["", name, name, "at \(actual[next].time.secondsText) s"])
                next += 1
            }
        }
        addUnexpected()
        return table.text
    }
}

extension CollectionDifference.Change {
    /// The offset of what was inserted or removed.
    fileprivate var offset: Int {
        switch self {
        case .insert(let offset, _, _), .remove(let offset, _, _): offset
        }
    }
}
