import Handlers
import ListenerKit

/// The status of every process as a JSON object.
struct StatusJSON {
    private let lines: [StatusLine]
    private let isUp: Bool
    private let problem: String?

    /// Shows a report.
    init(_ report: StatusReport) {
        lines = report.lines
        isUp = report.isUp
        problem = nil
    }

    /// Shows that nothing is known, and why.
    init(problem: String) {
        lines = []
        isUp = false
        self.problem = problem
    }

    /// The object with one line for each process.
    var text: [UInt8] { text(onOneLine: false) }

    /// The object on one line.
    var line: [UInt8] { text(onOneLine: true) }

    private func text(onOneLine: Bool) -> [UInt8] {
        var json = JSONText()
        json.object { json in
            json.key("up")
            json.boolean(isUp)
            json.key("processes")
            json.array(lines) { json, line in
                if !onOneLine {
                    json.newLine()
                }
                write(line, &json)
            }
            if let problem {
                json.key("note")
                json.string(problem)
            }
        }
        return json.bytes + [UInt8(ascii: "\n")]
    }

    private func write(_ line: StatusLine, _ json: inout JSONText) {
        json.object { json in
            json.key("name")
            json.string(line.name.description)
            json.key("state")
            json.string(line.state?.name)
            json.key("pid")
            json.number(line.pid)
            json.key("since")
            json.string(line.since?.description)
            json.key("ready")
            if let isReady = line.isReady {
                json.boolean(isReady)
            } else {
                json.string(nil)
            }
            json.key("waits_for")
            json.array(line.waits) { $0.string($1) }
            json.key("note")
            json.string(line.remark.isEmpty ? nil : line.remark)
            if let gates = line.gates {
                json.key("gates")
                json.array(gates) { write($1, &$0) }
            }
        }
    }

    private func write(_ gate: GateReport.GateStatus, _ json: inout JSONText) {
        json.object { json in
            json.key("gate")
            json.string(gate.text)
            json.key("passed")
            json.boolean(gate.hasPassed)
            json.key("attempts")
            json.number(gate.attempts)
            json.key("last_answer")
            json.string(gate.lastAnswer)
        }
    }
}
