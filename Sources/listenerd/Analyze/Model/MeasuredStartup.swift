import Handlers
import ListenerKit

/// A startup as a log has it, or as it would have been: programs, what they waited for, and when each process was where.
struct MeasuredStartup {
    /// The programs; those that are waited for before those that wait.
    private(set) var programs: [MeasuredProgram]
    /// The processes.
    let processes: [MeasuredProcess]
    /// When each of them was where.
    var times: [ProcessTimes]
    /// When the first program could be started.
    let began: Double
    /// When the log ended.
    let end: Double
    /// The conditions for which others wait, by process; without a plan, that it is up and ready.
    private(set) var awaited: [StartupConditions]

    /// A condition that was met this much later than what waited for it was started was met before: times are rounded.
    static let tolerance = 0.02

    /// Measures programs.
    ///
    /// - Parameters:
    ///   - programs: The programs; those that are waited for before those that wait.
    ///   - processes: Their processes.
    ///   - run: What the log says.
    init(_ programs: [MeasuredProgram], _ processes: [MeasuredProcess], _ run: StartupRun) {
        self.programs = programs
        self.processes = processes
        end = run.end
        let isPlanned = run.plan != nil
        let awaited =
            isPlanned
            ? Self.awaited(programs, processes.count) : Array(repeating: .running, count: processes.count)
        self.awaited = awaited
        times = processes.indices.map { index in
            // Gates that nothing waits for need not have been tried.
            let isAwaited = !awaited[index].isDisjoint(with: .running)
            let history = processes[index].history
            var times = ProcessTimes(
                history,
                hasGates: processes[index].hasGates && (isAwaited || history.ready < .infinity)
            )
            if !isAwaited, let seconds = processes[index].startSeconds {
                times.setRunning(atLatest: history.successfulStart + Double(seconds))
            }
            return times
        }
        let starts = programs.filter { $0.isManaged }.flatMap { $0.processes.map { processes[$0].history.started } }
        began = min(starts.min() ?? .infinity, run.firstSnapshot ?? .infinity, run.end)
    }

    /// Lets a program wait for something no longer.
    ///
    /// - Parameters:
    ///   - parent: What it waits for, as the configuration has it.
    ///   - program: The program, by its index.
    mutating func removeDependency(on parent: String, of program: Int) {
        programs[program].dependencies.removeAll { $0.parent == parent }
        awaited = Self.awaited(programs, processes.count)
    }

    private static func awaited(_ programs: [MeasuredProgram], _ count: Int) -> [StartupConditions] {
        var awaited: [StartupConditions] = Array(repeating: [], count: count)
        for dependency in programs.flatMap({ $0.dependencies }) {
            for process in dependency.processes where awaited.indices.contains(process) {
                awaited[process].formUnion(dependency.conditions)
            }
        }
        return awaited
    }
}
