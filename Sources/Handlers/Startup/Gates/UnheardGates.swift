import ListenerKit

/// Gates that wait for output which never reaches this listener, so that they never pass.
struct UnheardGates {
    /// One sentence without a full stop for each program that has such a gate.
    let messages: [String]

    /// Looks through the gates of all programs.
    ///
    /// - Parameters:
    ///   - plan: The plan of the configuration.
    ///   - configuration: The configuration, with the programs of the plan in the same order.
    ///   - isSubscribed: Returns whether supervisord sends the listener an event; nil if that is not known.
    init(
        _ plan: StartupPlan,
        _ configuration: SupervisorConfiguration,
        isSubscribed: (EventKind) -> Bool?
    ) {
        messages = zip(plan.programs, configuration.programs).compactMap { program, section in
            let gates = program.gates?.processes.flatMap { $0 } ?? []
            for gate in gates {
                if let cause = Self.cause(gate, section, isSubscribed) {
                    return
                        "\(program.name) never becomes ready: the gate \(gate.text.quoted) waits for its output, but \(cause)"
                }
            }
            return nil
        }
    }

    private static func cause(
        _ gate: Gate,
        _ section: ProgramConfiguration,
        _ isSubscribed: (EventKind) -> Bool?
    ) -> String? {
        let kinds: [EventKind]
        switch gate.kind {
        case .log:
            guard section.stdoutEventsEnabled || section.stderrEventsEnabled else {
                return "supervisord sends no events of that; set stdout_events_enabled=true"
            }
            kinds = [.processLogStdout, .processLogStderr]
        case .message: kinds = [.processCommunicationStdout, .processCommunicationStderr]
        case .probe, .notification, .unreadable: return nil
        }
        let category = if case .log = gate.kind { EventKind.processLog } else { EventKind.processCommunication }
        return kinds.allSatisfy { isSubscribed($0) == false }
            ? "events= of this listener lacks \(category.rawValue); add it" : nil
    }
}
