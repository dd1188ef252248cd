import ListenerKit

/// Finds what a configuration means by the name of a parent, and keeps each parent once.
struct StartupParents {
    /// What has been asked for so far.
    private(set) var all: [StartupParent] = []
    private let programs: [PlannedProgram]
    /// The programs that have a section of a name.
    private let sections: [String: Int]
    private var indices: [String: Int] = [:]
    private var programIndices: [Int?]
    /// The processes of each group: made at the first name with a colon, because most configurations have none.
    private lazy var groups = Dictionary(grouping: numberedProcesses) { $0.process.name.group }
    private lazy var processes = Dictionary(numberedProcesses.map { ($0.process.name, $0) }) { first, _ in first }

    private struct NumberedProcess {
        let process: (name: ProcessName, number: Int)
        let program: Int
    }

    init(_ programs: [PlannedProgram]) {
        self.programs = programs
        programIndices = Array(repeating: nil, count: programs.count)
        sections = Dictionary(programs.indices.map { (programs[$0].name, $0) }) { first, _ in first }
    }

    /// The program with a section of a name.
    func program(named name: String) -> Int? {
        sections[name]
    }

    /// Whether there is a group of a name.
    mutating func hasGroup(_ name: String) -> Bool {
        groups[name] != nil
    }

    /// The processes of a program that are in a group.
    func processes(ofProgram name: String, inGroup group: String) -> [ProcessName] {
        sections[name].map { programs[$0].processes.filter { $0.group == group } } ?? []
    }

    /// Whether a program has more than one process.
    func hasSeveralProcesses(_ name: String) -> Bool {
        sections[name].map { programs[$0].processes.count > 1 } ?? false
    }

    /// Whether there is anything of a name.
    mutating func has(_ name: String) -> Bool {
        sections[name] != nil || members(name) != nil
    }

    /// The parent that consists of one program.
    mutating func index(ofProgram program: Int) -> Int {
        if let known = programIndices[program] {
            return known
        }
        let index = add(programs[program].name, [program], Array(programs[program].processIndices))
        programIndices[program] = index
        return index
    }

    /// The parent of a name: a section's, or one that supervisorctl takes: `web:*`, `web:web_0`.
    ///
    /// - Parameter name: The name.
    /// - Returns: The parent's index; nil where there is nothing of this name.
    mutating func index(named name: String) -> Int? {
        if let program = sections[name] {
            return index(ofProgram: program)
        }
        if let known = indices[name] {
            return known
        }
        let index = members(name).map { add(name, $0.map { $0.program }, $0.map { $0.process.number }) }
        indices[name] = index
        return index
    }

    /// A name that is spelt much like one that there is nothing of.
    func suggestion(for name: String) -> String? {
        programs.count > Self.mostCandidates
            ? nil : Suggestion.nearest(to: name, among: programs.map { $0.name })
    }

    /// Comparing with more names than these takes longer than a suggestion is worth.
    private static let mostCandidates = 1000

    /// The processes of a name that supervisorctl takes.
    private mutating func members(_ name: String) -> [NumberedProcess]? {
        let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map { String($0) }
        guard parts.count == 2, let group = parts.first, let process = parts.last else {
            return nil
        }
        return process == "*" ? groups[group] : self.process(process, of: group)
    }

    private mutating func process(_ name: String, of group: String) -> [NumberedProcess]? {
        processes[ProcessName(group: group, process: name)].map { [$0] }
    }

    private mutating func add(_ name: String, _ programs: [Int], _ processes: [Int]) -> Int {
        var seen: Set<Int> = []
        let programs = programs.filter { seen.insert($0).inserted }
        all.append(StartupParent(name: name, programs: programs, processes: processes))
        return all.count - 1
    }

    private var numberedProcesses: [NumberedProcess] {
        programs.indices.flatMap { index in
            zip(programs[index].processes, programs[index].processIndices).map { name, number in
                NumberedProcess(process: (name, number), program: index)
            }
        }
    }
}
