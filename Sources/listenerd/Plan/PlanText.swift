import Handlers

/// The order of starts as text, one line for each program.
struct PlanText {
    private let plan: StartupPlan

    init(_ plan: StartupPlan) {
        self.plan = plan
    }

    /// The lines, as text.
    var text: [UInt8] {
        let programs = plan.programs
        var table = Table()
        for program in programs where !program.isManaged && program.isAutostarted && program.level != nil {
            table.add(["0", program.name, remark("by supervisord", program)])
        }
        for index in plan.order {
            let program = programs[index]
            table.add([program.level.map { String($0) } ?? "-", program.name, started(program)])
        }
        for program in programs where program.level == nil {
            table.add(["-", program.name, remark(never(program), program)])
        }
        for program in programs where !program.isManaged && !program.isAutostarted && program.level != nil {
            table.add(["-", program.name, remark("by hand: \(program.reasonForNoStart)", program)])
        }
        return table.text
    }

    private func started(_ program: PlannedProgram) -> String {
        remark(condition(program, orElse: "at once"), program)
    }

    /// When a program starts, and when it is ready.
    private func remark(_ start: String, _ program: PlannedProgram) -> String {
        start + (program.readiness.map { "; \($0)" } ?? "")
    }

    private func never(_ program: PlannedProgram) -> String {
        let condition = condition(program)
        return "never: an error keeps it from starting" + (condition.isEmpty ? "" : "; \(condition)")
    }

    private func condition(_ program: PlannedProgram, orElse otherwise: String = "") -> String {
        var text = ""
        for dependency in program.dependencies {
            text += text.isEmpty ? "after " : ", "
            text += plan[parent: dependency].name
            text += " (" + dependency.conditions.description
            text += dependency.isOptional ? ", optional)" : ")"
        }
        return text.isEmpty ? otherwise : text
    }
}
