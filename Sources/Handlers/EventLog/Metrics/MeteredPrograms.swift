import ListenerKit

/// What supervisord's configuration says about the programs and listeners whose processes are counted.
struct MeteredPrograms {
    private var programs: [ProcessName: MeteredProgram] = [:]

    /// Reads a configuration.
    ///
    /// - Parameters:
    ///   - configuration: supervisord's configuration; nil if there is none.
    ///   - hasGates: Whether a handler follows the gates of programs; without, a program is ready once it is RUNNING.
    init(_ configuration: SupervisorConfiguration?, hasGates: Bool) {
        let listeners = configuration?.eventListeners.map { $0.program } ?? []
        for program in (configuration?.programs ?? []) + listeners {
            let metered = MeteredProgram(
                autorestart: program.autorestart,
                startRetries: program.startRetries,
                startSeconds: program.startSeconds,
                isGated: hasGates && program.hasGates
            )
            for process in program.processes {
                programs[process] = metered
            }
        }
    }

    /// The program of a process.
    subscript(process: ProcessName) -> MeteredProgram { programs[process] ?? .unknown }
}

extension ProgramConfiguration {
    /// Whether it has `ready=`, if only one that cannot be read.
    fileprivate var hasGates: Bool {
        do {
            let text = try value(forKey: StartupKeys.ready)?.text ?? ""
            return text.utf8.contains { $0 > 0x20 }
        } catch {
            return true
        }
    }
}
