package import ListenerKit

extension StartupPlan {
    /// Writes what people ask of a program, as members of an object.
    package func writeMembers(of program: PlannedProgram, to json: inout JSONText) {
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
        json.array(program.dependencies) { write($1, to: &$0) }
        json.key("gates")
        json.array(program.gates?.distinct ?? []) { $0.string($1.text) }
        json.key("ready_timeout")
        json.seconds(program.gates?.timeout)
    }

    private func write(_ dependency: StartupDependency, to json: inout JSONText) {
        json.object { json in
            json.key("parent")
            json.string(self[parent: dependency].name)
            json.key("conditions")
            json.array(dependency.conditions.words) { $0.string($1) }
            json.key("optional")
            json.boolean(dependency.isOptional)
        }
    }

    /// Writes the names of the programs that are started here, in the order of their starts.
    package func writeOrder(to json: inout JSONText) {
        json.array(order) { $0.string(programs[$1].name) }
    }
}
