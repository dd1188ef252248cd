import ExecutableTesting
import ListenerKit

/// A random plan, and how long each of its programs takes.
struct RandomStartup {
    /// Something that a program waits for.
    struct Dependency: Hashable {
        let parent: String
        let child: String
        let condition: String
    }

    private struct Program {
        let name: String
        let processes: [String]
        let startSeconds: Int
        /// Milliseconds from the time at which all that it waits for is there to its start, by process.
        let delays: [Int]
        /// Milliseconds from RUNNING until it is ready, by process; nil if it has no gates.
        let gates: [Int]?
        /// Milliseconds from RUNNING until it exits, by process; nil if it stays up.
        let ends: [Int]?
        /// How much later than it could supervisord sees that it is RUNNING if nobody waits for that, in milliseconds.
        let lateness: Int
    }

    private var programs: [Program] = []
    /// What waits for what.
    private(set) var dependencies: [Dependency] = []

    /// Makes up programs, each of which may wait for earlier ones.
    init(_ random: inout SeededGenerator) {
        for index in 0..<Int.random(in: 2...12, using: &random) {
            let count = Int.random(in: 0..<4, using: &random) == 0 ? 2 : 1
            let name = "p\(index)"
            let kind = Int.random(in: 0..<3, using: &random)
            func times(_ range: ClosedRange<Int>) -> [Int] {
                (0..<count).map { _ in Int.random(in: range, using: &random) }
            }
            let program = Program(
                name: name,
                processes: count == 1 ? [name] : (0..<count).map { "\(name):\(name)_\($0)" },
                startSeconds: kind == 2 ? 0 : Int.random(in: 0...3, using: &random),
                delays: times(1...15),
                gates: kind == 1 ? times(0...3000) : nil,
                ends: kind == 2 ? times(100...4000) : nil,
                lateness: Int.random(in: 0...1000, using: &random)
            )
            for parent in programs.shuffled(using: &random).prefix(Int.random(in: 0...3, using: &random)) {
                let conditions =
                    parent.ends == nil ? ["running", "running", "started"] : ["completed", "exited", "running"]
                let condition = conditions.randomElement(using: &random) ?? "running"
                dependencies.append(Dependency(parent: parent.name, child: name, condition: condition))
            }
            programs.append(program)
        }
    }

    /// Writes the log of a startup.
    ///
    /// - Parameter removed: A dependency that is not there.
    /// - Returns: The log.
    /// - Throws: ``ConfigurationError``.
    func log(without removed: Dependency? = nil) throws -> SampleLog {
        let dependencies = dependencies.filter { $0 != removed }
        var reached: [String: [String: Int]] = [:]
        var lines: [(time: Int, write: (inout SampleLog, Double) -> Void)] = []
        for program in programs {
            let waits = dependencies.filter { $0.child == program.name }
            let released = waits.map { reached[$0.parent]?[$0.condition] ?? 0 }.max() ?? 0
            let isAwaited = dependencies.contains { $0.parent == program.name && $0.condition == "running" }
            for (index, process) in program.processes.enumerated() {
                let start = max(20, released) + program.delays[index]
                let running = start + program.startSeconds * 1000
                let ready = running + (program.gates?[index] ?? 0)
                let seen = isAwaited || program.startSeconds == 0 ? running : running + program.lateness
                lines.append((start, { $0.start(process, at: $1) }))
                lines.append((seen, { $0.enter(.running, process, at: $1, #","pid":9"#) }))
                if program.gates != nil, isAwaited {
                    lines.append((ready, { $0.becomeReady(process, at: $1) }))
                }
                var times = ["started": start, "running": ready]
                if let end = program.ends?[index] {
                    lines.append((running + end, { $0.exit(process, at: $1) }))
                    times["completed"] = running + end
                    times["exited"] = running + end
                }
                reached[program.name, default: [:]].merge(times) { max($0, $1) }
            }
        }
        var log = SampleLog()
        try log.begin(configuration(dependencies))
        for (time, write) in lines.enumerated().sorted(by: { ($0.1.time, $0.0) < ($1.1.time, $1.0) }).map({ $0.1 }) {
            write(&log, Double(time) / 1000)
        }
        return log
    }

    private func configuration(_ dependencies: [Dependency]) -> String {
        programs.map { program in
            let parents = dependencies.filter { $0.child == program.name }.map { "\($0.parent):\($0.condition)" }
            let numbers = "numprocs=2\nprocess_name=%(program_name)s_%(process_num)d"
            return SampleLog.program(
                program.name,
                after: parents.joined(separator: " "),
                "startsecs=\(program.startSeconds)",
                "autorestart=false",
                program.processes.count > 1 ? numbers : "",
                program.gates == nil ? "" : "ready=tcp://localhost:1"
            )
        }
        .joined()
    }
}
