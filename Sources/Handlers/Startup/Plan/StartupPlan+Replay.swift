package import ListenerKit

extension StartupPlan {
    /// Reads a plan that was recorded, without the configuration that it was made from.
    package init(_ record: JSONValue) throws(MalformedRecord) {
        var parents: [StartupParent] = []
        for parent in try record.elements("parents") {
            parents.append(try StartupParent(parent))
        }
        var programs: [PlannedProgram] = []
        var processCount = 0
        for program in try record.elements("programs") {
            programs.append(try PlannedProgram(program, parentCount: parents.count, firstProcess: processCount))
            processCount += programs[programs.count - 1].processes.count
        }
        let indices = Dictionary(programs.indices.map { (programs[$0].name, $0) }) { first, _ in first }
        var order: [Int] = []
        for name in try record.texts("order") {
            guard let index = indices[name] else {
                throw MalformedRecord("the order of the plan names '\(name)', which is not one of its programs")
            }
            order.append(index)
        }
        guard parents.allSatisfy({ $0.isWithin(programs.count, processCount) }) else {
            throw MalformedRecord("a parent of the plan has a program or a process that is not in it")
        }
        self.init(programs: programs, parents: parents, order: order)
    }
}

extension StartupParent {
    fileprivate init(_ record: JSONValue) throws(MalformedRecord) {
        self.init(
            name: try record.text("name"),
            programs: try record.integers("programs"),
            processes: try record.integers("processes")
        )
    }

    fileprivate func isWithin(_ programCount: Int, _ processCount: Int) -> Bool {
        programs.allSatisfy { 0..<programCount ~= $0 } && processes.allSatisfy { 0..<processCount ~= $0 }
    }
}

extension PlannedProgram {
    fileprivate init(_ record: JSONValue, parentCount: Int, firstProcess: Int) throws(MalformedRecord) {
        let location = ConfigurationLocation(file: try record.text("file"), line: try record.integer("line"))
        var processes: [ProcessName] = []
        for name in try record.texts("processes") {
            guard let process = ProcessName(name) else {
                throw MalformedRecord("'\(name)' is not the name of a process")
            }
            processes.append(process)
        }
        self.init(
            name: try record.text("name"),
            location: location,
            group: try record.text("group"),
            processes: processes,
            firstProcess: firstProcess,
            isAutostarted: try record.boolean("autostart"),
            autorestart: try record.named("autorestart") { Autorestart(word: $0) },
            startSeconds: try record.integer("startsecs"),
            exitCodes: try record.integers("exitcodes"),
            priority: record["priority"]?.integer
        )
        gates = try ProgramGates(ofProgram: record, processes.count, location)
        dialect = record["dialect"]?.text.flatMap { StartupDialect(rawValue: $0) }
        // Two parents can have the same name.
        for (dependency, parent) in zip(try record.elements("after"), try record.integers("waits_for")) {
            guard parentCount > parent, parent >= 0 else {
                throw MalformedRecord("\(name) waits for a parent that is not in the plan")
            }
            dependencies.append(try StartupDependency(dependency, parent, location))
        }
        rank = try record.integer("rank")
        level = record["level"]?.integer
        endOfLine = record["end_of_line"]?.text
    }
}

extension StartupDependency {
    fileprivate init(
        _ record: JSONValue,
        _ parent: Int,
        _ location: ConfigurationLocation
    ) throws(MalformedRecord) {
        var conditions = StartupConditions()
        for word in try record.texts("conditions") {
            guard let condition = StartupCondition(word: Substring(word)) else {
                throw MalformedRecord("'\(word)' is not a condition")
            }
            conditions.insert(StartupConditions(only: condition))
        }
        self.init(
            parent: parent,
            conditions: conditions,
            isOptional: try record.boolean("optional"),
            location: location
        )
    }
}

extension ProgramGates {
    /// Reads the gates of a program; nil if it has none.
    fileprivate convenience init?(
        ofProgram record: JSONValue,
        _ processCount: Int,
        _ location: ConfigurationLocation
    ) throws(MalformedRecord) {
        guard let processes = record["gates_of_processes"]?.elements else {
            return nil
        }
        guard processes.count == processCount else {
            throw MalformedRecord("a program of the plan has gates for \(processes.count) of \(processCount) processes")
        }
        var gates: [[Gate]] = []
        for process in processes {
            var gatesOfProcess: [Gate] = []
            for gate in process.elements ?? [] {
                gatesOfProcess.append(try Gate(gate))
            }
            gates.append(gatesOfProcess)
        }
        let seconds = record["ready_timeout"]?.double
        self.init(processes: gates, timeout: seconds.map { .seconds($0) }, location: location)
    }
}

extension Gate {
    fileprivate init(_ record: JSONValue) throws(MalformedRecord) {
        let text = try record.text("text")
        if let reason = record["unreadable"]?.text {
            self.init(text: text, kind: .unreadable(reason))
        } else {
            // What a command needs beside its words is of no interest: it is not run again.
            self = GateReader(environment: record["socket"]?.text.map { ["NOTIFY_SOCKET": $0] } ?? [:]).gate(text)
        }
    }
}
