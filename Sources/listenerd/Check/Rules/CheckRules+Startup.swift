import Handlers
import ListenerKit

extension CheckRules {
    /// The rules about whether a listener starts the programs that are to start in order.
    static let startup = [missingStarter, idleStarter, replacedListener]

    private static let missingStarter = CheckRule(
        "missing-starter",
        .warning,
        "programs that are to start in order, and no listener that starts them",
        reason: "With autostart=false, they never start.",
        basis: .allFiles
    ) { checked, findings in
        guard checked.lacksStarter, let first = checked.managedPrograms.first else {
            return
        }
        let count = checked.managedPrograms.count
        let never = count > 1 ? "and \(count - 1) more never start" : "never starts"
        findings.add(
            first.location,
            """
            \(first.name) \(never): no [eventlistener:x] runs listenerd --ordered-startup; add one, or run this \
            configuration with listenerd supervise --ordered-startup, which adds it (listenerd supervise --check \
            --ordered-startup checks the result)
            """
        )
    }

    private static let idleStarter = CheckRule(
        "idle-starter",
        .warning,
        "a listener with --ordered-startup that has nothing to start",
        reason: "No program has a key that gives it a place in the order.",
        basis: .allFiles
    ) { checked, findings in
        guard let starter = checked.starter, checked.managedPrograms.isEmpty else {
            return
        }
        findings.add(
            starter.program.command?.location ?? starter.program.location,
            """
            --ordered-startup has nothing to start: give programs autostart=false and startafter=, or remove the option
            """
        )
    }

    private static let replacedListener = CheckRule(
        "replaced-listener",
        .warning,
        "a listener that --ordered-startup of another one replaces",
        reason: "Both would start the same programs."
    ) { checked, findings in
        guard let starter = checked.starter, !checked.managedPrograms.isEmpty else {
            return
        }
        for listener in checked.configuration.eventListeners where !ListenerCommand.startsInOrder(listener) {
            guard let program = ListenerCommand.replacedProgram(of: listener) else {
                continue
            }
            findings.add(
                listener.program.location,
                """
                \(listener.name) runs \(program), which --ordered-startup of \(starter.name) replaces: both would start \
                the same programs; remove [\(listener.program.sectionName)]
                """
            )
        }
    }
}

extension CheckedConfiguration {
    /// The programs that are to start in order.
    fileprivate var managedPrograms: [PlannedProgram] {
        plan.programs.filter { $0.isManaged }
    }

    /// The first listener that starts programs in order.
    fileprivate var starter: EventListenerConfiguration? { starters.first }

    /// The listeners that start programs in order, and try gates.
    var starters: [EventListenerConfiguration] {
        configuration.eventListeners.filter { ListenerCommand.startsInOrder($0) }
    }

    /// Whether programs are to start in order, and no listener does that, as in a configuration for `supervise`.
    var lacksStarter: Bool {
        starter == nil && !hasOtherStarter && plan.programs.contains { $0.isManaged }
    }

    /// Whether another listener starts programs in order: one of those whose keys listenerd reads, or listenerd in a shell.
    var hasOtherStarter: Bool {
        configuration.eventListeners.contains { listener in
            ListenerCommand(listener.program.command) == nil
                && ListenerCommand.words(of: listener).contains { word in
                    ["dependent-startup", "dependent_startup", "ordered-startup", "ordered_startup"].contains {
                        Array(word.utf8)[...].firstOccurrence(of: $0.utf8) != nil
                    }
                }
        }
    }
}
