import ListenerKit

/// The programs whose ends matter, with what supervisord's configuration says about them.
struct WatchedPrograms {
    private let selection: ProgramSelection
    private var programs: [ProcessName: WatchedProgram] = [:]
    private var listeners: Set<ProcessName> = []

    /// Reads a configuration.
    ///
    /// - Parameters:
    ///   - selection: Which programs matter.
    ///   - configuration: supervisord's configuration; nil where there is none, and then listeners pass for programs.
    init(_ selection: ProgramSelection, _ configuration: SupervisorConfiguration?) {
        self.selection = selection
        for program in configuration?.programs ?? [] {
            for process in program.processes {
                programs[process] = WatchedProgram(program)
            }
        }
        for listener in configuration?.eventListeners ?? [] {
            listeners.formUnion(listener.program.processes)
        }
    }

    /// A process's program; nil for listeners.
    subscript(process: ProcessName) -> WatchedProgram? {
        listeners.contains(process) ? nil : programs[process] ?? .unknown
    }

    /// A process's program, where its end matters.
    func watched(_ process: ProcessName) -> WatchedProgram? {
        selection.contains(process) ? self[process] : nil
    }
}
