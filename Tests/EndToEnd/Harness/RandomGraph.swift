import ExecutableTesting

/// Random programs that wait for each other, with gates and tasks, and take some seconds to start.
struct RandomGraph {
    /// Something that a program waits for.
    struct Dependency: Hashable {
        let parent: String
        let child: String
        let condition: String
    }

    private enum Kind: CaseIterable {
        case daemon, gated, task
    }

    private struct Program {
        let name: String
        let kind: Kind
        let startSeconds: Int
        /// Tenths of a second until it is ready, or exits.
        let tenths: Int
        let count: Int

        /// The names of its processes within their group.
        var processes: [String] { (0..<count).map { "\(name)_\($0)" } }
    }

    private var programs: [Program] = []
    /// What waits for what.
    private(set) var dependencies: [Dependency] = []

    /// Makes up programs, most of which wait for earlier ones.
    init(_ random: inout SeededGenerator) {
        for index in 0..<Int.random(in: 5...9, using: &random) {
            let kind = Kind.allCases.randomElement(using: &random) ?? .daemon
            let program = Program(
                name: "p\(index)",
                kind: kind,
                startSeconds: kind == .task ? 0 : Int.random(in: kind == .daemon ? 1...3 : 0...1, using: &random),
                tenths: Int.random(in: 10...30, using: &random),
                count: Int.random(in: 0..<4, using: &random) == 0 ? 2 : 1
            )
            for parent in programs.suffix(4).shuffled(using: &random).prefix(Int.random(in: 1...3, using: &random)) {
                let conditions = parent.kind == .task ? ["completed", "exited"] : ["running", "running", "started"]
                let condition = conditions.randomElement(using: &random) ?? ""
                dependencies.append(Dependency(parent: parent.name, child: program.name, condition: condition))
            }
            programs.append(program)
        }
    }

    /// How many processes there are.
    var processCount: Int { programs.reduce(0) { $0 + $1.count } }

    /// The names of the processes that exit by themselves.
    var tasks: [String] { programs.filter { $0.kind == .task }.flatMap { $0.processes } }

    /// Returns the sections of the programs.
    ///
    /// - Parameter removed: A dependency that is left out.
    /// - Returns: The sections.
    func sections(without removed: Dependency? = nil) -> String {
        programs.map { program in
            let waits = dependencies.filter { $0.child == program.name && $0 != removed }
            return Sections.native(
                program.name,
                command(program),
                after: waits.map { "\($0.parent):\($0.condition)" }.joined(separator: " "),
                "startsecs=\(program.startSeconds)",
                "numprocs=\(program.count)",
                "process_name=%(program_name)s_%(process_num)d",
                program.kind == .gated ? gates(program) : ""
            )
        }
        .joined()
    }

    private func command(_ program: Program) -> String {
        let pause = "\(program.tenths / 10).\(program.tenths % 10)"
        return switch program.kind {
        case .daemon: "/bin/sleep 600"
        case .gated:
            "/bin/sh -c 'sleep \(pause); touch %(here)s/%(program_name)s_%(process_num)d.up; exec sleep 600'"
        case .task: "/bin/sleep \(pause)"
        }
    }

    /// Each process waits for all of these files, so that all of them are ready at the same time.
    private func gates(_ program: Program) -> String {
        "ready=" + program.processes.map { "file://%(here)s/\($0).up" }.joined(separator: "\n    ")
    }
}
