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

    /// Whether some event is told to another listener too.
    func shares(eventsWith other: EventsCheck) -> Bool {
        section.events.overlap(other.section.events)
    }

    /// Looks for events that handlers need, or are to log, and do not get.
    func checkNeeds(of request: ListenRequest, _ findings: inout Findings) {
        // Without any name supervisord refuses the section, which is said already.
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
                if !canMeetTriggers(of: request) {
                    needs.append(Need("--\(handler.name)", handler.events, .error))
                }
            } else {
                // One that handles every event that there is does its work with what arrives.
                let severity: ConfigurationProblem.Severity = handler is any EventHandler.Type ? .warning : .error
                needs.append(Need("--\(handler.name)", handler.events, severity))
            }
        }
        let missing = section.missingEvents(needs)
        // Whatever another handler needs does for this one too.
        if missing.isEmpty, request.handlers.contains(where: { $0 is FatalExit.Type }) {
            checkTriggers(of: request, &findings)
        }
        findings.add(missing)
    }

    /// Whether every trigger gets the events by which it is met; each needs others.
    private func canMeetTriggers(of request: ListenRequest) -> Bool {
        request.value(of: FatalExit.triggers, handler: FatalExit.name).allSatisfy { $0.canBeMet(by: isDelivered) }
    }

    /// Looks for events without which triggers are met later than they could be, or not always.
    private func checkTriggers(of request: ListenRequest, _ findings: inout Findings) {
        let triggers = request.value(of: FatalExit.triggers, handler: FatalExit.name)
        guard triggers != [.fatal] || getsChangesOtherThanFatal else {
            return findings.warn(
                listener.eventsLocation,
                """
                \(listener.name) has --\(FatalExit.name), which works with PROCESS_STATE_FATAL alone, but may be told of it \
                some seconds late; with PROCESS_STATE in its place, it can have supervisord tell it at once
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
                    \(shortcoming.consequence) without \(missing); events=PROCESS_STATE has all that it needs
                    """
                )
            }
        }
    }

    private var getsChangesOtherThanFatal: Bool {
        EventKind.allCases.contains { kind in
            kind != .processStateFatal && EventKind.processState.includes(kind) && isDelivered(kind)
        }
    }

    /// Whether supervisord sends an event, or all of a category.
    func isDelivered(_ needed: EventKind) -> Bool {
        section.events.deliver(needed)
    }
}
