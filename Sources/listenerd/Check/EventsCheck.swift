import Handlers
import ListenerKit

/// Compares the events that a listener subscribes to with those that its handlers need.
struct EventsCheck {
    private let listener: EventListenerConfiguration
    private let subscribed: [EventKind]

    init(_ listener: EventListenerConfiguration) {
        self.listener = listener
        // supervisord takes a name that stands twice once. One that is misspelt is said already, and counts as what was meant.
        let kinds = Set(listener.events.compactMap { EventKind(rawValue: $0) ?? .nearest(to: $0) })
        subscribed = EventKind.allCases.filter { kinds.contains($0) }
    }

    /// Whether some event is told to another listener too.
    func shares(eventsWith other: EventsCheck) -> Bool {
        subscribed.contains { kind in
            other.subscribed.contains { $0.includes(kind) || kind.includes($0) }
        }
    }

    /// How many events the listener gets of each process that starts.
    var countOfStart: Int {
        [EventKind.processStateStarting, .processStateRunning].count { isDelivered($0) }
    }

    /// Looks for events that handlers need, or are to log, and do not get.
    func checkNeeds(of request: ListenRequest, _ findings: inout Findings) {
        // Without any name supervisord refuses the section, which is said already.
        guard !listener.events.isEmpty else {
            return
        }
        let wanted = request.value(of: EventLog.wanted, handler: EventLog.name)
        var needs: [Need] = []
        for handler in request.handlers {
            if handler is EventLog.Type, let wanted {
                needs.append(need(for: wanted, of: "--\(EventLog.name)-\(EventLog.wanted.name)", .warning))
            } else if handler is FatalExit.Type {
                if !canMeetTriggers(of: request) {
                    needs.append(need(for: handler.events, of: "--\(handler.name)", .error))
                }
            } else {
                // One that handles every event that there is does its work with what arrives.
                let severity: ConfigurationProblem.Severity = handler is any EventHandler.Type ? .warning : .error
                needs.append(need(for: handler.events, of: "--\(handler.name)", severity))
            }
        }
        needs.removeAll { $0.missing.isEmpty }
        // Whatever another handler needs does for this one too.
        if needs.isEmpty, request.handlers.contains(where: { $0 is FatalExit.Type }) {
            checkTriggers(of: request, &findings)
        }
        report(needs, &findings)
    }

    /// What an option needs and the listener does not get.
    private struct Need {
        let option: String
        let missing: [EventKind]
        let severity: ConfigurationProblem.Severity
    }

    private func need(
        for events: [EventKind],
        of option: String,
        _ severity: ConfigurationProblem.Severity
    ) -> Need {
        Need(option: option, missing: events.filter { !isDelivered($0) }, severity: severity)
    }

    /// Reports what is missing, once however many options need it.
    private func report(_ needs: [Need], _ findings: inout Findings) {
        var rest = needs[...]
        while let first = rest.first {
            let same = rest.filter { $0.missing == first.missing }
            rest.removeAll { $0.missing == first.missing }
            findings.add(
                same.contains { $0.severity == .error } ? .error : .warning,
                listener.eventsLocation,
                """
                \(listener.name) has \(listed(same.map { $0.option })), which \(same.count == 1 ? "needs" : "need") \
                \(first.missing.map { $0.rawValue }.joined(separator: ",")); add it to events=
                """
            )
        }
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

    /// Looks for events that come more than once.
    func checkOverlap(_ findings: inout Findings) {
        for kind in subscribed {
            if let wider = subscribed.first(where: { $0 != kind && $0.includes(kind) }) {
                findings.warn(
                    listener.eventsLocation,
                    """
                    \(listener.name) gets events of \(kind.rawValue) more than once, since \(wider.rawValue) includes \
                    them; take \(kind.rawValue) out
                    """
                )
            }
        }
    }

    /// Whether a name, one that includes it, or all that it includes are subscribed to.
    func isDelivered(_ needed: EventKind) -> Bool {
        if subscribed.contains(where: { $0.includes(needed) }) {
            return true
        }
        let parts = EventKind.allCases.filter { $0 != needed && needed.includes($0) }
        return !parts.isEmpty && parts.allSatisfy { isDelivered($0) }
    }
}
