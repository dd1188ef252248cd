import Handlers
import ListenerKit

/// Compares the events that a listener subscribes to with those that its handlers need.
struct EventsCheck {
    private let listener: EventListenerConfiguration
    private let subscribed: [EventKind]

    init(_ listener: EventListenerConfiguration) {
        self.listener = listener
        subscribed = listener.events.compactMap { EventKind(rawValue: $0) }
    }

    /// Looks for events that handlers need and do not get.
    func checkNeeds(of handlers: [any Handler.Type], _ findings: inout Findings) {
        // Without any name supervisord refuses the section, which is said already.
        guard !listener.events.isEmpty else {
            return
        }
        for handler in handlers {
            checkNeeds(of: handler, &findings)
        }
    }

    /// Looks for events that come more than once.
    func checkOverlap(_ findings: inout Findings) {
        for (position, kind) in subscribed.enumerated() {
            if let wider = subscribed.first(where: { $0 != kind && $0.includes(kind) }),
                subscribed.firstIndex(of: kind) == position
            {
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

    private func checkNeeds(of handler: any Handler.Type, _ findings: inout Findings) {
        let missing = handler.events.filter { !isDelivered($0) }.map { $0.rawValue }
        guard !missing.isEmpty else {
            return
        }
        let names = missing.joined(separator: ",")
        let message = "\(listener.name) has --\(handler.name), which needs \(names); add it to events="
        // A handler of every event makes do with those that arrive.
        if handler is any EventHandler.Type {
            findings.warn(listener.eventsLocation, message)
        } else {
            findings.error(listener.eventsLocation, message)
        }
    }

    /// Whether a name, one that includes it, or all that it includes are subscribed to.
    private func isDelivered(_ needed: EventKind) -> Bool {
        if subscribed.contains(where: { $0.includes(needed) }) {
            return true
        }
        let parts = EventKind.allCases.filter { $0 != needed && needed.includes($0) }
        return !parts.isEmpty && parts.allSatisfy { isDelivered($0) }
    }
}
