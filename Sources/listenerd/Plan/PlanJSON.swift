import Handlers
import ListenerKit

/// The order of starts as a JSON object.
struct PlanJSON {
    private let plan: StartupPlan
    private let problems: [ConfigurationProblem]

    init(_ plan: StartupPlan, _ problems: [ConfigurationProblem]) {
        self.plan = plan
        self.problems = problems
    }

    /// The object, with one line for each program and each problem.
    var text: [UInt8] {
        var json = JSONText()
        json.object { json in
            json.key("programs")
            json.array(plan.programs) { json, program in
                json.newLine()
                write(program, &json)
            }
            json.newLine()
            json.key("order")
            json.array(plan.order) { $0.string(plan.programs[$1].name) }
            json.newLine()
            json.key("problems")
            json.array(problems) { json, problem in
                json.newLine()
                write(problem, &json)
            }
        }
        return json.bytes + [UInt8(ascii: "\n")]
    }

    private func write(_ program: PlannedProgram, _ json: inout JSONText) {
        json.object { json in
            json.key("name")
            json.string(program.name)
            json.key("group")
            json.string(program.group)
            json.key("processes")
            json.array(program.processes) { $0.string($1.description) }
            json.key("file")
            json.string(program.location.file)
            json.key("line")
            json.number(program.location.line)
            json.key("dialect")
            json.string(program.dialect?.rawValue)
            json.key("managed")
            json.boolean(program.isManaged)
            json.key("level")
            json.number(program.level)
            json.key("priority")
            json.number(program.priority)
            json.key("after")
            json.array(program.dependencies) { write($1, &$0) }
            json.key("gates")
            json.array(program.gates?.distinct ?? []) { $0.string($1.text) }
            json.key("ready_timeout")
            json.seconds(program.gates?.timeout)
        }
    }

    private func write(_ dependency: StartupDependency, _ json: inout JSONText) {
        json.object { json in
            json.key("parent")
            json.string(plan[parent: dependency].name)
            json.key("conditions")
            json.array(dependency.conditions.words) { $0.string($1) }
            json.key("optional")
            json.boolean(dependency.isOptional)
        }
    }

    private func write(_ problem: ConfigurationProblem, _ json: inout JSONText) {
        json.object { json in
            json.key("file")
            json.string(problem.location.file)
            json.key("line")
            json.number(problem.location.line)
            json.key("severity")
            json.string(problem.severity.rawValue)
            json.key("message")
            json.string(problem.message)
        }
    }
}
