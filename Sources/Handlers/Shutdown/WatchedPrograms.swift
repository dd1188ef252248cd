import ListenerKit

/// The programs whose failure or exit matters, with what supervisord's configuration says about them.
struct WatchedPrograms {
    private let selection: ProgramSelection
    private var programs: [ProcessName: WatchedProgram] = [:]
    private var listeners: Set<ProcessName> = []

    /// Reads a configuration.
    ///
    /// - Parameters:
    ///   - selection: Which programs matter.
    ///   - configuration: supervisord's configuration; nil if there is none, and then listeners count as programs.
    init(_ selection: ProgramSelection, _ configuration: SupervisorConfiguration?) {
        self.selection = selection
        for program in configuration?.programs ?? [] {
            for process in program.processes {
                programs[process] = WatchedProgram(program)
            }
        }
        for listener in configuration?.eventListeners ?? [] {
            for process in listener.program.processes {
                listeners.insert(process)
                programs[process] = nil
            }
        }
    }

    /// The program of a process; nil for listeners.
    subscript(process: ProcessName) -> WatchedProgram? {
        programs[process] ?? (listeners.contains(process) ? nil : .unknown)
    }

    /// Returns the program of a process, if that matters.
    func watched(_ process: ProcessName) -> WatchedProgram? {
        selection.contains(process) ? self[process] : nil
    }
}
