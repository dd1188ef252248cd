import Handlers
import ListenerKit

/// Compares the events that a listener subscribes to with those that its handlers need.
struct EventsCheck {
    private let listener: EventListenerConfiguration
    private let section: ListenerSectionCheck

    init(_ listener: EventListenerConfiguration) {
        self.listener = listener
        section = ListenerSectionCheck(listener)
    }

    /// Whether any event is delivered to both listeners.
    func shares(eventsWith other: EventsCheck) -> Bool {
        section.events.overlap(other.section.events)
    }

    /// Finds events that handlers need, or are to log, and that the listener does not receive.
    func checkNeeds(of request: ListenRequest, _ findings: inout Findings) {
        // supervisord rejects an empty list, which is reported when the configuration is read.
        guard !listener.events.isEmpty else {
            return
        }
        typealias Need = ListenerSectionCheck.Need
        let wanted = request.value(of: EventLog.wanted, handler: EventLog.name)
        var needs: [Need] = []
        for handler in request.handlers {
            if handler is EventLog.Type, let wanted {
                needs.append(Need("--\(EventLog.name)-\(EventLog.wanted.name)", wanted, .warning))
            } else if handler is FatalExit.Type {
                if !canFireTriggers(of: request) {
                    needs.append(Need("--\(handler.name)", handler.events, .error))
                }
            } else {
                // A handler of every event works with those that arrive.
                let severity: ConfigurationProblem.Severity = handler is any EventHandler.Type ? .warning : .error
                needs.append(Need("--\(handler.name)", handler.events, severity))
            }
        }
        let missing = section.missingEvents(needs)
        // What another handler needs includes what the triggers need.
        if missing.isEmpty, request.handlers.contains(where: { $0 is FatalExit.Type }) {
            checkTriggers(of: request, &findings)
        }
        findings.add(missing)
    }

    /// Whether the listener receives, for every trigger, an event that can fire it.
    private func canFireTriggers(of request: ListenRequest) -> Bool {
        request.value(of: FatalExit.triggers, handler: FatalExit.name).allSatisfy { $0.canBeMet(by: isDelivered) }
    }

    /// Finds events without which triggers fire later than they could, or not always.
    private func checkTriggers(of request: ListenRequest, _ findings: inout Findings) {
        let triggers = request.value(of: FatalExit.triggers, handler: FatalExit.name)
        guard triggers != [.fatal] || receivesOtherStateChanges else {
            return findings.warn(
                listener.eventsLocation,
                """
                \(listener.name) has --\(FatalExit.name) with PROCESS_STATE_FATAL alone, which may arrive some seconds late; \
                use events=PROCESS_STATE instead, with which it arrives at once
                """
            )
        }
        for trigger in triggers {
            for shortcoming in trigger.shortcomings(by: isDelivered) {
                let missing = shortcoming.missing.map { $0.rawValue }.joined(separator: ",")
                findings.warn(
                    listener.eventsLocation,
                    """
                    \(listener.name) has --\(FatalExit.name)-\(FatalExit.triggers.name)=\(trigger.optionText), which \
                    \(shortcoming.consequence) without \(missing); events=PROCESS_STATE includes all that it needs
                    """
                )
            }
        }
    }

    private var receivesOtherStateChanges: Bool {
        EventKind.allCases.contains { kind in
            kind != .processStateFatal && EventKind.processState.includes(kind) && isDelivered(kind)
        }
    }

    /// Whether supervisord sends an event, or all of a category.
    func isDelivered(_ needed: EventKind) -> Bool {
        section.events.deliver(needed)
    }
}
