import Handlers
import ListenerKit

/// Compares the events that a listener subscribes to with those that its handlers need.
struct EventsCheck {
    private let listener: EventListenerConfiguration
    private let subscribed: [EventKind]

    init(_ listener: EventListenerConfiguration) {
        self.listener = listener
        // supervisord subscribes once to a name that is repeated. A misspelled name is reported when the configuration is read,
        // and counts here as the name that was meant.
        let kinds = Set(listener.events.compactMap { EventKind(rawValue: $0) ?? .nearest(to: $0) })
        subscribed = EventKind.allCases.filter { kinds.contains($0) }
    }

    /// Whether any event is delivered to both listeners.
    func shares(eventsWith other: EventsCheck) -> Bool {
        subscribed.contains { kind in
            other.subscribed.contains { $0.includes(kind) || kind.includes($0) }
        }
    }

    /// How many events the start of one process causes for the listener.
    var eventsPerStart: Int {
        [EventKind.processStateStarting, .processStateRunning].count { isDelivered($0) }
    }

    /// Finds events that handlers need, or are to log, and that the listener does not receive.
    func checkNeeds(of request: ListenRequest, _ findings: inout Findings) {
        // supervisord rejects an empty list, which is reported when the configuration is read.
        guard !listener.events.isEmpty else {
            return
        }
        let wanted = request.value(of: EventLog.wanted, handler: EventLog.name)
        var needs: [Need] = []
        for handler in request.handlers {
            if handler is EventLog.Type, let wanted {
                needs.append(need(for: wanted, of: "--\(EventLog.name)-\(EventLog.wanted.name)", .warning))
            } else if handler is FatalExit.Type {
                if !canFireTriggers(of: request) {
                    needs.append(need(for: handler.events, of: "--\(handler.name)", .error))
                }
            } else {
                // A handler of every event works with those that arrive.
                let severity: ConfigurationProblem.Severity = handler is any EventHandler.Type ? .warning : .error
                needs.append(need(for: handler.events, of: "--\(handler.name)", severity))
            }
        }
        needs.removeAll { $0.missing.isEmpty }
        // What another handler needs includes what the triggers need.
        if needs.isEmpty, request.handlers.contains(where: { $0 is FatalExit.Type }) {
            checkTriggers(of: request, &findings)
        }
        report(needs, &findings)
    }

    /// The events that an option needs and that the listener does not receive.
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

    /// Reports missing events, once for all options that need the same ones.
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

    /// Finds events that the listener receives more than once.
    func checkOverlap(_ findings: inout Findings) {
        for kind in subscribed {
            if let wider = subscribed.first(where: { $0 != kind && $0.includes(kind) }) {
                findings.warn(
                    listener.eventsLocation,
                    """
                    \(listener.name) receives \(kind.rawValue) events more than once, because \(wider.rawValue) includes \
                    them; remove \(kind.rawValue) from events=
                    """
                )
            }
        }
    }

    /// Whether an event is subscribed to: by its name, by a name that includes it, or by all the names that it includes.
    func isDelivered(_ needed: EventKind) -> Bool {
        if subscribed.contains(where: { $0.includes(needed) }) {
            return true
        }
        let parts = EventKind.allCases.filter { $0 != needed && needed.includes($0) }
        return !parts.isEmpty && parts.allSatisfy { isDelivered($0) }
    }
}
