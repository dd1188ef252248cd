import ListenerKit

/// Gates that wait for output which never reaches this listener, so that they never pass.
struct UnheardGates {
    /// A sentence without a full stop for each program and kind of output.
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
        messages = zip(plan.programs, configuration.programs).flatMap { program, section -> [String] in
            let gates = program.gates?.processes.flatMap { $0 } ?? []
            return ProgramOutput.allCases.compactMap { output -> String? in
                guard let gate = gates.first(where: { output.isAwaited(by: $0.kind) }) else {
                    return nil
                }
                let events = output.events(of: section)
                let category = output.category.rawValue
                guard events.isEmpty || events.allSatisfy({ isSubscribed($0) == false }) else {
                    return nil
                }
                let cause =
                    events.isEmpty
                    ? "supervisord sends no \(category) events of it; set \(output.setting)"
                    : "events= of this listener lacks \(category); add it"
                return
                    "\(program.name) never becomes ready: the gate \(gate.text.quoted) waits for its output, but \(cause)"
            }
        }
    }
}
