import ListenerKit

/// Finds what a configuration means by the name of a parent, and keeps each parent once.
struct StartupParents {
    /// The parents so far.
    private(set) var all: [StartupParent] = []
    private let programs: [PlannedProgram]
    /// The programs that have a section of a name.
    private let sections: [String: Int]
    private var indices: [String: Int] = [:]
    private var programIndices: [Int?]
    /// The processes of each group: made at the first name with a colon, because most configurations have none.
    private lazy var groups = Dictionary(grouping: indexedProcesses) { $0.name.group }
    private lazy var processes = Dictionary(indexedProcesses.map { ($0.name, $0) }) { first, _ in first }

    private struct IndexedProcess {
        let name: ProcessName
        let index: Int
        let program: Int
    }

    init(_ programs: [PlannedProgram]) {
        self.programs = programs
        programIndices = Array(repeating: nil, count: programs.count)
        sections = Dictionary(programs.indices.map { (programs[$0].name, $0) }) { first, _ in first }
    }

    /// Returns the program whose section has a name.
    func program(named name: String) -> Int? {
        sections[name]
    }

    /// Returns whether a group has a name.
    mutating func hasGroup(_ name: String) -> Bool {
        groups[name] != nil
    }

    /// Returns the processes of a program that are in a group.
    func processes(ofProgram name: String, inGroup group: String) -> [ProcessName] {
        sections[name].map { programs[$0].processes.filter { $0.group == group } } ?? []
    }

    /// Returns whether a program has more than one process.
    func hasSeveralProcesses(_ name: String) -> Bool {
        sections[name].map { programs[$0].processes.count > 1 } ?? false
    }

    /// Returns whether anything has a name.
    mutating func has(_ name: String) -> Bool {
        sections[name] != nil || members(name) != nil
    }

    /// Returns the parent that consists of one program.
    mutating func index(ofProgram program: Int) -> Int {
        if let known = programIndices[program] {
            return known
        }
        let index = add(programs[program].name, [program], Array(programs[program].processIndices))
        programIndices[program] = index
        return index
    }

    /// Returns the parent of a name: a section's, or one that supervisorctl takes: `web:*`, `web:web_0`.
    ///
    /// - Parameter name: The name.
    /// - Returns: The parent's index; nil if nothing has that name.
    mutating func index(named name: String) -> Int? {
        if let program = sections[name] {
            return index(ofProgram: program)
        }
        if let known = indices[name] {
            return known
        }
        let index = members(name).map { add(name, $0.map { $0.program }, $0.map { $0.index }) }
        indices[name] = index
        return index
    }

    /// Returns the name of another program than the one that waits, that is spelled much like one that nothing has.
    func suggestion(for name: String, besides waiting: String) -> String? {
        programs.count > Self.mostCandidates
            ? nil : Suggestion.nearest(to: name, among: programs.map { $0.name }.filter { $0 != waiting })
    }

    /// Comparing with more names takes longer than a suggestion is worth.
    private static let mostCandidates = 1000

    /// The processes of a name that supervisorctl takes.
    private mutating func members(_ name: String) -> [IndexedProcess]? {
        let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map { String($0) }
        guard parts.count == 2, let group = parts.first, let process = parts.last else {
            return nil
        }
        return process == "*" ? groups[group] : self.process(process, of: group)
    }

    private mutating func process(_ name: String, of group: String) -> [IndexedProcess]? {
        processes[ProcessName(group: group, process: name)].map { [$0] }
    }

    private mutating func add(_ name: String, _ programs: [Int], _ processes: [Int]) -> Int {
        var seen: Set<Int> = []
        let programs = programs.filter { seen.insert($0).inserted }
        all.append(StartupParent(name: name, programs: programs, processes: processes))
        return all.count - 1
    }

    private var indexedProcesses: [IndexedProcess] {
        programs.indices.flatMap { index in
            zip(programs[index].processes, programs[index].processIndices).map { name, process in
                IndexedProcess(name: name, index: process, program: index)
            }
        }
    }
}
