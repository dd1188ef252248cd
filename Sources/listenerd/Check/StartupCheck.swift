import Handlers
import ListenerKit

/// Finds out whether a listener starts the programs that want to be started in order.
struct StartupCheck {
    private let loaded: LoadedPlan

    init(_ loaded: LoadedPlan) {
        self.loaded = loaded
    }

    private var managed: [PlannedProgram] {
        loaded.plan.programs.filter { $0.isManaged }
    }

    private var starters: [EventListenerConfiguration] {
        loaded.configuration.eventListeners.filter { ListenerCommand.startsInOrder($0) }
    }

    /// Whether programs want to be started in order, and no listener does that: so it is in what `supervise` is given.
    var lacksStarter: Bool {
        !managed.isEmpty && starters.isEmpty && !hasOtherStarter
    }

    /// Compares listeners with programs.
    func check(_ findings: inout Findings) {
        if let first = managed.first, lacksStarter {
            let never = managed.count > 1 ? "and \(managed.count - 1) more never start" : "never starts"
            findings.warn(
                first.location,
                """
                \(first.name) \(never): no [eventlistener:x] runs listenerd --ordered-startup; add one, or run this \
                configuration with listenerd supervise --ordered-startup, which adds it (listenerd supervise --check \
                --ordered-startup checks the result)
                """
            )
        }
        if let starter = starters.first {
            if managed.isEmpty {
                warnOfNothing(starter, &findings)
            } else {
                warnOfReplaced(starter, &findings)
            }
        }
    }

    private func warnOfNothing(_ starter: EventListenerConfiguration, _ findings: inout Findings) {
        findings.warn(
            starter.program.command?.location ?? starter.program.location,
            """
            --ordered-startup has nothing to start: give programs autostart=false and startafter=, or remove the option
            """
        )
    }

    /// The old listener is easily left in where `supervise` brings a new one.
    private func warnOfReplaced(_ starter: EventListenerConfiguration, _ findings: inout Findings) {
        for listener in loaded.configuration.eventListeners where !ListenerCommand.startsInOrder(listener) {
            guard let program = ListenerCommand.replacedProgram(of: listener) else {
                continue
            }
            findings.warn(
                listener.program.location,
                """
                \(listener.name) runs \(program), which --ordered-startup of \(starter.name) replaces: both would start \
                the same programs; remove [\(listener.program.sectionName)]
                """
            )
        }
    }

    /// Whether a listener starts programs in order that is one of those whose keys are known here, or runs in a shell.
    private var hasOtherStarter: Bool {
        loaded.configuration.eventListeners.contains { listener in
            ListenerCommand(listener.program.command) == nil
                && ListenerCommand.words(of: listener).contains { word in
                    ["dependent-startup", "dependent_startup", "ordered-startup", "ordered_startup"].contains {
                        Array(word.utf8)[...].firstOccurrence(of: $0.utf8) != nil
                    }
                }
        }
    }
}
