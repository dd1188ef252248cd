import Handlers
import ListenerKit

/// Compares the events that a listener subscribes to with those that its handlers need.
struct EventsCheck {
    private let listener: EventListenerConfiguration
    private let subscribed: [EventKind]

    init(_ listener: EventListenerConfiguration) {
        self.listener = listener
        // supervisord takes a name that stands twice once.
        let names = Set(listener.events)
        subscribed = EventKind.allCases.filter { names.contains($0.rawValue) }
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
        for handler in request.handlers {
            if handler is EventLog.Type, let wanted {
                check(wanted, neededBy: "--\(EventLog.name)-\(EventLog.wanted.name)", .warning, &findings)
            } else if handler is FatalExit.Type {
                checkTriggers(of: request, &findings)
            } else {
                // One that handles every event that there is does its work with what arrives.
                let severity: ConfigurationProblem.Severity = handler is any EventHandler.Type ? .warning : .error
                check(handler.events, neededBy: "--\(handler.name)", severity, &findings)
            }
        }
    }

    /// Each trigger needs other events: what keeps one from ever being met is an error, what it only does worse without a
    /// warning.
    private func checkTriggers(of request: ListenRequest, _ findings: inout Findings) {
        let triggers = request.value(of: FatalExit.triggers, handler: FatalExit.name)
        guard triggers.allSatisfy({ $0.canBeMet(by: isDelivered) }) else {
            return check(FatalExit.events, neededBy: "--\(FatalExit.name)", .error, &findings)
        }
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

    private func check(
        _ needed: [EventKind],
        neededBy option: String,
        _ severity: ConfigurationProblem.Severity,
        _ findings: inout Findings
    ) {
        let missing = needed.filter { !isDelivered($0) }.map { $0.rawValue }
        guard !missing.isEmpty else {
            return
        }
        let names = missing.joined(separator: ",")
        findings.add(
            severity,
            listener.eventsLocation,
            "\(listener.name) has \(option), which needs \(names); add it to events="
        )
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
