import ListenerKit

@testable import Handlers

/// A program as a test writes it down.
struct SampleProgram {
    struct Wait {
        /// The index of the program that is waited for; behind these, of another parent.
        var parent: Int
        var conditions: StartupConditions = .running
        var isOptional = false
    }

    var name: String
    var processes: [ProcessName]
    var isManaged = true
    var isAutostarted: Bool?
    var priority = 999
    var startSeconds = 1
    var autorestart = Autorestart.unexpected
    var waits: [Wait] = []
    /// Its gates, which are the same for all of its processes.
    var gates: [Gate] = []
    /// `ready_timeout=`.
    var readyTimeout: Duration?
}

extension StartupPlan {
    /// Makes a plan of sample programs, each of which is a parent of the same index, and of other parents.
    init(_ samples: [SampleProgram], _ others: [StartupParent] = []) {
        let location = ConfigurationLocation(file: "/etc/supervisord.conf", line: 1)
        let ranks = samples.indices.sorted {
            (samples[$0].priority, samples[$0].name) < (samples[$1].priority, samples[$1].name)
        }
        var programs: [PlannedProgram] = []
        var count = 0
        for sample in samples {
            var program = PlannedProgram(
                name: sample.name,
                location: location,
                group: sample.processes.first?.group ?? sample.name,
                processes: sample.processes,
                firstProcess: count,
                isAutostarted: sample.isAutostarted ?? !sample.isManaged,
                autorestart: sample.autorestart,
                startSeconds: sample.startSeconds,
                exitCodes: [0],
                priority: sample.priority
            )
            if !sample.gates.isEmpty {
                program.gates = ProgramGates(
                    processes: sample.processes.map { _ in sample.gates },
                    timeout: sample.readyTimeout,
                    location: location
                )
            }
            program.dialect = sample.isManaged ? .listenerd : nil
            program.dependencies = sample.waits.map {
                StartupDependency(
                    parent: $0.parent,
                    conditions: $0.conditions,
                    isOptional: $0.isOptional,
                    location: location
                )
            }
            count += sample.processes.count
            programs.append(program)
        }
        for (rank, index) in ranks.enumerated() {
            programs[index].rank = rank
        }
        let parents = programs.indices.map {
            StartupParent(name: programs[$0].name, programs: [$0], processes: Array(programs[$0].processIndices))
        }
        self.init(programs: programs, parents: parents + others)
    }
}
