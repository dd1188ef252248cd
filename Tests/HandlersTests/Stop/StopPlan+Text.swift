import ListenerKit

@testable import Handlers

extension StopPlan {
    /// Reads the plan of a configuration that a test has written down.
    static func of(_ text: String) throws -> StopPlan {
        let configuration = try SupervisorConfiguration.of(text)
        return StopPlan(StartupPlan(configuration), configuration)
    }

    /// The programs, each with those that must be over before it: `["web", "db: web worker"]`.
    ///
    /// Those that are only over before others that are named are left out, unless they must be over for another reason.
    var text: [String] {
        let before = programsBefore
        return steps.indices.filter { steps[$0].program != nil }.map { index in
            let names = before[index].compactMap { steps[$0].program }.sorted()
            let name = steps[index].program ?? ""
            return names.isEmpty ? name : "\(name): \(names.joined(separator: " "))"
        }
        .sorted()
    }

    /// For each step, the next ones before it that stop programs.
    private var programsBefore: [Set<Int>] {
        var result: [Set<Int>] = []
        for step in steps {
            result.append(
                step.predecessors.reduce(into: []) { before, index in
                    before.formUnion(steps[index].program == nil ? result[index] : [index])
                }
            )
        }
        return result
    }
}
