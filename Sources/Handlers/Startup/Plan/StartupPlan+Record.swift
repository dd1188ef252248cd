import ListenerKit

extension StartupPlan {
    /// Writes all of the plan that decides what is started, so that it can be read again without the configuration.
    func write(to json: inout JSONText) {
        json.object { json in
            json.key("programs")
            json.array(programs) { json, program in
                json.object { json in
                    writeMembers(of: program, to: &json)
                    program.writeFurtherMembers(to: &json)
                }
            }
            json.key("parents")
            json.array(parents) { json, parent in
                json.object { json in
                    json.key("name")
                    json.string(parent.name)
                    json.key("programs")
                    json.array(parent.programs) { $0.number($1) }
                    json.key("processes")
                    json.array(parent.processes) { $0.number($1) }
                }
            }
            json.key("order")
            writeOrder(to: &json)
        }
    }
}

extension PlannedProgram {
    /// Writes what decides beside that for which people ask.
    fileprivate func writeFurtherMembers(to json: inout JSONText) {
        json.key("autostart")
        json.boolean(isAutostarted)
        json.key("autorestart")
        json.string(autorestart.word)
        json.key("startsecs")
        json.number(startSeconds)
        json.key("exitcodes")
        json.array(exitCodes) { $0.number($1) }
        json.key("waits_for")
        json.array(dependencies) { $0.number($1.parent) }
        json.key("rank")
        json.number(rank)
        json.key("end_of_line")
        json.string(endOfLine)
        if let gates {
            json.key("gates_of_processes")
            json.array(gates.processes) { json, gates in
                json.array(gates) { $1.write(to: &$0) }
            }
        }
    }
}

extension Gate {
    /// Writes the gate; what cannot be read from its text again besides.
    fileprivate func write(to json: inout JSONText) {
        json.object { json in
            json.key("text")
            json.string(text)
            switch kind {
            case .notification(let address?):
                json.key("socket")
                json.string(address)
            case .unreadable(let reason):
                json.key("unreadable")
                json.string(reason)
            default: break
            }
        }
    }
}
