package import ListenerKit

/// What a program says, by which a gate passes.
package enum ProgramOutput: CaseIterable {
    /// Lines, for `log:`.
    case lines
    /// Messages between supervisord's marks, for `message:`.
    case messages

    /// Returns whether a gate waits for it.
    package func isAwaited(by gate: Gate.Kind) -> Bool {
        switch gate {
        case .log: self == .lines
        case .message: self == .messages
        default: false
        }
    }

    /// The category of the events by which a listener gets it.
    package var category: EventKind {
        switch self {
        case .lines: .processLog
        case .messages: .processCommunication
        }
    }

    /// The setting without which supervisord sends none of it.
    package var setting: String {
        switch self {
        case .lines: "stdout_events_enabled=true"
        case .messages: "stdout_capture_maxbytes=1MB"
        }
    }

    /// Returns the events that supervisord sends of a program: with redirect_stderr, standard error has none of its own.
    package func events(of program: ProgramConfiguration) -> [EventKind] {
        let (stdout, stderr): (EventKind?, EventKind?) =
            switch self {
            case .lines:
                (
                    program.stdoutEventsEnabled ? .processLogStdout : nil,
                    program.stderrEventsEnabled ? .processLogStderr : nil
                )
            case .messages:
                (
                    program.capturesStdout ? .processCommunicationStdout : nil,
                    program.capturesStderr ? .processCommunicationStderr : nil
                )
            }
        return [stdout, program.redirectsStderr ? nil : stderr].compactMap { $0 }
    }
}

extension ProgramOutput {
    /// Returns the events by which gates pass, as far as supervisord sends them of programs with such gates.
    package static func eventsAwaitedByGates(in configuration: SupervisorConfiguration) -> [EventKind] {
        zip(configuration.programs, StartupPlan(configuration).programs).flatMap { section, program in
            let gates = program.gates?.processes.joined().map { $0.kind } ?? []
            return allCases.filter { gates.contains(where: $0.isAwaited) }.flatMap { $0.events(of: section) }
        }
    }
}
