import ListenerKit

/// Problems as a JSON object.
struct CheckJSON {
    private let problems: [ConfigurationProblem]
    private let directory: String

    init(_ problems: [ConfigurationProblem], in directory: String) {
        self.problems = problems
        self.directory = directory
    }

    /// The object, with one line for each problem.
    var text: [UInt8] {
        var json = JSONText()
        json.object { json in
            json.key("problems")
            json.array(problems) { json, problem in
                json.newLine()
                json.object { json in
                    json.key("file")
                    json.string(problem.location.file.path(relativeTo: directory))
                    json.key("line")
                    json.number(problem.location.line)
                    json.key("severity")
                    json.string(problem.severity.rawValue)
                    json.key("rule")
                    json.string(problem.rule.name)
                    json.key("message")
                    json.string(problem.message)
                }
            }
        }
        return json.bytes + [UInt8(ascii: "\n")]
    }
}
