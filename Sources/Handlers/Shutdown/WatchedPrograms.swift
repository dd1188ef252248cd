import ListenerKit

/// The programs whose failure or exit matters, with what supervisord's configuration says about them.
struct WatchedPrograms {
    private let selection: ProgramSelection
    private(set) var programs: [ProcessName: WatchedProgram] = [:]
    /// The processes of listeners, which are no programs.
    private(set) var listeners: Set<ProcessName> = []

    /// Reads a configuration.
    ///
    /// - Parameters:
    ///   - selection: Which programs matter.
    ///   - configuration: supervisord's configuration; nil if there is none, and then listeners count as programs.
    init(_ selection: ProgramSelection, _ configuration: SupervisorConfiguration?) {
        self.selection = selection
        for program in configuration?.programs ?? [] {
            for process in program.processes {
                add(process, WatchedProgram(program))
            }
        }
        for listener in configuration?.eventListeners ?? [] {
            for process in listener.program.processes {
                add(process, nil)
            }
        }
    }

    /// Adds a process; without a program, it belongs to a listener.
    mutating func add(_ process: ProcessName, _ program: WatchedProgram?) {
        programs[process] = program
        if program == nil {
            listeners.insert(process)
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
