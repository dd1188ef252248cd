import ListenerKit

/// Problems as a log in the Static Analysis Results Interchange Format (SARIF 2.1.0).
struct CheckSARIF {
    private let problems: [ConfigurationProblem]
    private let paths: RepositoryPaths

    init(_ problems: [ConfigurationProblem], _ paths: RepositoryPaths) {
        self.problems = problems
        self.paths = paths
    }

    /// The log, with one line for each rule and each problem.
    var text: [UInt8] {
        var json = JSONText()
        json.object { json in
            json.key("$schema")
            json.string("https://json.schemastore.org/sarif-2.1.0.json")
            json.key("version")
            json.string("2.1.0")
            json.key("runs")
            json.array([problems]) { json, problems in
                json.object { json in
                    json.key("tool")
                    json.object { json in
                        json.key("driver")
                        writeDriver(&json)
                    }
                    json.newLine()
                    json.key("results")
                    json.array(problems) { json, problem in
                        json.newLine()
                        write(problem, &json)
                    }
                }
            }
        }
        return json.bytes + [UInt8(ascii: "\n")]
    }

    private func writeDriver(_ json: inout JSONText) {
        json.object { json in
            json.key("name")
            json.string("listenerd")
            json.key("rules")
            json.array(CheckRules.documented) { json, rule in
                json.newLine()
                write(rule, &json)
            }
        }
    }

    private func write(_ rule: ConfigurationRule, _ json: inout JSONText) {
        json.object { json in
            json.key("id")
            json.string(rule.name)
            json.key("shortDescription")
            write(text: rule.summary, &json)
            json.key("fullDescription")
            write(text: rule.reason, &json)
            json.key("help")
            write(text: "See '\(rule.name)' in Documentation/rules.md for an example and its cure.", &json)
            json.key("defaultConfiguration")
            json.object { json in
                json.key("level")
                json.string(rule.severity.rawValue)
            }
        }
    }

    private func write(_ problem: ConfigurationProblem, _ json: inout JSONText) {
        json.object { json in
            json.key("ruleId")
            json.string(problem.rule.name)
            json.key("level")
            json.string(problem.severity.rawValue)
            json.key("message")
            write(text: problem.message, &json)
            json.key("locations")
            json.array([problem.location]) { json, location in
                json.object { json in
                    json.key("physicalLocation")
                    write(location, &json)
                }
            }
        }
    }

    private func write(_ location: ConfigurationLocation, _ json: inout JSONText) {
        json.object { json in
            json.key("artifactLocation")
            json.object { json in
                json.key("uri")
                json.string(paths.uri(of: location.file))
            }
            json.key("region")
            json.object { json in
                json.key("startLine")
                json.number(location.line)
            }
        }
    }

    private func write(text: String, _ json: inout JSONText) {
        json.object { json in
            json.key("text")
            json.string(text)
        }
    }
}
