package import ListenerKit

/// A step of an ordered stop: what is to be stopped at the same time, and after which other steps.
///
/// A step without a program only joins others: a hundred programs that wait for a group of a hundred make two hundred edges, not ten
/// thousand.
package struct StopStep: Equatable, Sendable {
    /// The name of the program; nil if the step only joins others.
    package let program: String?
    /// Its processes.
    package let processes: [ProcessName]
    /// `stopwaitsecs`: how long its processes may take until supervisord kills them.
    package let seconds: Int
    /// The steps that must be over before it, by their indices, which are lower than its own.
    package let predecessors: [Int]

    /// A step that stops processes of a program; without any, it only joins others.
    init(_ program: ProgramConfiguration, _ processes: [ProcessName], after predecessors: [Int]) {
        self.program = processes.isEmpty ? nil : program.name
        self.processes = processes
        seconds = processes.isEmpty ? 0 : min(max(program.stopWaitSeconds, 0), StopPlan.longestStop)
        self.predecessors = predecessors
    }

    /// A step that is over once others are.
    init(joining predecessors: [Int]) {
        program = nil
        processes = []
        seconds = 0
        self.predecessors = predecessors
    }

    /// The same step, after others.
    init(_ step: StopStep, after predecessors: [Int]) {
        program = step.program
        processes = step.processes
        seconds = step.seconds
        self.predecessors = predecessors
    }
}
