import Handlers
import ListenerKit

/// Checks that a listener starts the programs that are to start in order.
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

    /// Whether programs are to start in order, and no listener does that, as in a configuration for `supervise`.
    var lacksStarter: Bool {
        !managed.isEmpty && starters.isEmpty && !hasOtherStarter
    }

    /// Finds programs without a listener that starts them, and listeners without programs to start.
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
                warnThatNothingStarts(starter, &findings)
            } else {
                warnOfReplacedListeners(starter, &findings)
            }
        }
    }

    private func warnThatNothingStarts(_ starter: EventListenerConfiguration, _ findings: inout Findings) {
        findings.warn(
            starter.program.command?.location ?? starter.program.location,
            """
            --ordered-startup has nothing to start: give programs autostart=false and startafter=, or remove the option
            """
        )
    }

    /// A listener that `--ordered-startup` replaces is easily left in, beside a new one of `supervise`.
    private func warnOfReplacedListeners(_ starter: EventListenerConfiguration, _ findings: inout Findings) {
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

    /// Whether another listener starts programs in order: one of those whose keys listenerd reads, or listenerd in a shell.
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
