import Handlers
import ListenerKit

extension MeasuredStartup {
    /// Collects what a log says.
    init(_ run: StartupRun) {
        if let plan = run.plan {
            self.init(run, plan)
        } else {
            self.init(withoutPlan: run)
        }
    }

    private init(_ run: StartupRun, _ plan: StartupPlan) {
        let levels = plan.programs.map { $0.level ?? .max }
        let ordered = plan.programs.indices.sorted { (levels[$0], $0) < (levels[$1], $1) }
        let count = plan.programs.last?.processIndices.upperBound ?? 0
        var processes: [MeasuredProcess?] = Array(repeating: nil, count: count)
        var programs: [MeasuredProgram] = []
        for index in ordered {
            let program = plan.programs[index]
            for (position, name) in program.processes.enumerated() {
                processes[program.firstProcess + position] = MeasuredProcess(
                    name: name,
                    program: programs.count,
                    hasGates: program.gates.map { !$0.processes[position].isEmpty } ?? false,
                    startSeconds: program.startSeconds,
                    isExpected: program.isManaged || program.isAutostarted,
                    history: run.processes[name] ?? ProcessHistory()
                )
            }
            let dependencies = program.dependencies.map { dependency in
                MeasuredProgram.Dependency(
                    parent: plan[parent: dependency].name,
                    processes: plan[parent: dependency].processes,
                    conditions: dependency.conditions,
                    isOptional: dependency.isOptional
                )
            }
            programs.append(
                MeasuredProgram(
                    name: program.name,
                    processes: Array(program.processIndices),
                    isManaged: program.isManaged,
                    dependencies: program.isManaged ? dependencies : []
                )
            )
        }
        self.init(programs, processes.compactMap { $0 }, run)
    }

    private init(withoutPlan run: StartupRun) {
        let names = run.names.filter { !run.pools.contains($0.group) }
        let histories = names.map { run.processes[$0] ?? ProcessHistory() }
        let last = Self.endOfStartup(histories)
        let processes = names.indices.map { index in
            MeasuredProcess(
                name: names[index],
                program: index,
                hasGates: histories[index].ready < .infinity,
                startSeconds: nil,
                isExpected: histories[index].started <= last,
                history: histories[index]
            )
        }
        let programs = names.indices.map { index in
            MeasuredProgram(name: names[index].description, processes: [index], isManaged: false, dependencies: [])
        }
        self.init(programs, processes, run)
    }

    /// Without a plan, what begins so much later than all before it was up is no part of the startup, in seconds.
    private static let longestLull = 60.0

    private static func endOfStartup(_ histories: [ProcessHistory]) -> Double {
        var last = 0.0
        for history in histories.sorted(by: { $0.started < $1.started }) where history.started < .infinity {
            guard history.started <= last + longestLull else {
                break
            }
            let up = min(history.times.earliest(of: .running), history.failed)
            last = max(last, history.started, up < .infinity ? up : 0)
        }
        return last
    }
}
