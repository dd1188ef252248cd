/// The events that supervisord sends to an event listener, by `events=` in its section.
package struct SubscribedEvents {
    /// The names, each once, in supervisord's own order.
    package let kinds: [EventKind]

    /// Reads `events=`.
    ///
    /// - Parameter listener: The listener's section.
    package init(_ listener: EventListenerConfiguration) {
        // supervisord subscribes once to a name that is repeated. A misspelled name is reported when the configuration is read,
        // and counts here as the name that was meant.
        let kinds = Set(listener.events.compactMap { EventKind(rawValue: $0) ?? .nearest(to: $0) })
        self.kinds = EventKind.allCases.filter { kinds.contains($0) }
    }

    /// Returns whether supervisord sends an event, or everything below a category.
    ///
    /// - Parameter needed: The event or category.
    /// - Returns: Whether it is subscribed to: by its own name, by one that includes it, or by all names that it includes.
    package func deliver(_ needed: EventKind) -> Bool {
        if kinds.contains(where: { $0.includes(needed) }) {
            return true
        }
        let parts = EventKind.allCases.filter { $0 != needed && needed.includes($0) }
        return !parts.isEmpty && parts.allSatisfy { deliver($0) }
    }

    /// Returns whether supervisord sends anything of a category.
    ///
    /// - Parameter needed: The event or category.
    /// - Returns: Whether at least one event of it is subscribed to.
    package func deliverPart(of needed: EventKind) -> Bool {
        kinds.contains { $0.includes(needed) || needed.includes($0) }
    }

    /// Returns whether some event is sent to another listener too.
    ///
    /// - Parameter other: The events of the other listener.
    /// - Returns: Whether both get it.
    package func overlap(_ other: SubscribedEvents) -> Bool {
        kinds.contains { other.deliverPart(of: $0) }
    }

    /// The number of events that the listener gets for each process that starts.
    package var eventsPerStart: Int {
        [EventKind.processStateStarting, .processStateRunning].count { deliver($0) }
    }
}
