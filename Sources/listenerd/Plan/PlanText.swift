import Handlers

/// The order of starts, one line a program.
struct PlanText {
    private let plan: StartupPlan

    init(_ plan: StartupPlan) {
        self.plan = plan
    }

    /// The lines.
    var text: [UInt8] {
        let programs = plan.programs
        var table = Table()
        for program in programs where !program.isManaged && program.isAutostarted {
            table.add(["0", program.name, "by supervisord"])
        }
        for program in plan.order.map({ programs[$0] }) {
            table.add([program.level.map { String($0) } ?? "-", program.name, condition(program, orElse: "at once")])
        }
        for program in programs where program.level == nil {
            table.add(["-", program.name, never(program)])
        }
        for program in programs where !program.isManaged && !program.isAutostarted && program.level != nil {
            table.add(["-", program.name, "by hand: autostart=false, and no key that says when to start it"])
        }
        return table.text
    }

    private func never(_ program: PlannedProgram) -> String {
        let condition = condition(program)
        return "never: an error keeps it from starting" + (condition.isEmpty ? "" : " \(condition)")
    }

    private func condition(_ program: PlannedProgram, orElse otherwise: String = "") -> String {
        let parents = program.dependencies.map { dependency in
            let conditions = dependency.conditions.words.joined(separator: " or ")
            return "\(plan[parent: dependency].name) (\(conditions)\(dependency.isOptional ? ", optional" : ""))"
        }
        return parents.isEmpty ? otherwise : "after \(parents.joined(separator: ", "))"
    }
}
