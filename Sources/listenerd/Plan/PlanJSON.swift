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
                json.object { plan.writeMembers(of: program, to: &$0) }
            }
            json.newLine()
            json.key("order")
            plan.writeOrder(to: &json)
            json.newLine()
            json.key("problems")
            json.array(problems) { json, problem in
                json.newLine()
                write(problem, &json)
            }
        }
        return json.bytes + [UInt8(ascii: "\n")]
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
