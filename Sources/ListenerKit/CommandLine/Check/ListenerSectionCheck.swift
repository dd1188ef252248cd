/// Checks the section of an event listener: whether it gets the events that its handlers need.
package struct ListenerSectionCheck {
    /// Events that a handler or an option needs, and how much it matters if it does not get them.
    package struct Need {
        /// The option, as errors quote it: `--log`.
        package let option: String
        /// The events.
        package let events: [EventKind]
        /// How much it matters.
        package let severity: ConfigurationProblem.Severity

        /// States a need.
        package init(_ option: String, _ events: [EventKind], _ severity: ConfigurationProblem.Severity) {
            self.option = option
            self.events = events
            self.severity = severity
        }
    }

    private let listener: EventListenerConfiguration
    /// The events that supervisord sends to it.
    package let events: SubscribedEvents

    /// Prepares the check of a section.
    package init(_ listener: EventListenerConfiguration) {
        self.listener = listener
        events = SubscribedEvents(listener)
    }

    /// Finds events that are needed and not subscribed to; a list that several options lack is reported once.
    ///
    /// - Parameter needs: The needs of handlers and options.
    /// - Returns: The problems; none if `events=` is empty, which supervisord itself refuses.
    package func missingEvents(_ needs: [Need]) -> [ConfigurationProblem] {
        guard !listener.events.isEmpty else {
            return []
        }
        var problems: [ConfigurationProblem] = []
        var rest = needs.map { need in (need: need, missing: need.events.filter { !events.deliver($0) }) }
        rest.removeAll { $0.missing.isEmpty }
        while let first = rest.first {
            let same = rest.filter { $0.missing == first.missing }
            rest.removeAll { $0.missing == first.missing }
            let severity: ConfigurationProblem.Severity =
                same.contains { $0.need.severity == .error } ? .error : .warning
            let message = """
                \(listener.name) has \(listed(same.map { $0.need.option })), which \(same.count == 1 ? "needs" : "need") \
                \(first.missing.map { $0.rawValue }.joined(separator: ",")); add it to events=
                """
            problems.append(
                ConfigurationProblem(.missingEvents, at: listener.eventsLocation, message, severity: severity)
            )
        }
        return problems
    }

    /// Finds events that supervisord sends more than once.
    ///
    /// - Returns: A warning for each name that another one includes.
    package func repeatedEvents() -> [ConfigurationProblem] {
        events.kinds.compactMap { kind in
            guard let wider = events.kinds.first(where: { $0 != kind && $0.includes(kind) }) else {
                return nil
            }
            return ConfigurationProblem(
                .repeatedEvents,
                at: listener.eventsLocation,
                """
                \(listener.name) receives \(kind.rawValue) events more than once, because \(wider.rawValue) includes \
                them; remove \(kind.rawValue) from events=
                """
            )
        }
    }

    /// Finds a buffer that overflows at the start: until the listener is ready, supervisord buffers `buffer_size` events; past
    /// that, it drops the oldest.
    ///
    /// - Parameter count: The number of processes that supervisord has.
    /// - Returns: A warning; nil if the buffer is large enough.
    package func smallBuffer(forProcesses count: Int) -> ConfigurationProblem? {
        let eventCount = events.eventsPerStart * count
        guard listener.bufferSize < eventCount else {
            return nil
        }
        return ConfigurationProblem(
            .smallBuffer,
            at: listener.program.location(ofKey: "buffer_size") ?? listener.program.location,
            """
            \(listener.name) loses events: the start of all processes (\(count)) causes at least \(eventCount) events, more \
            than buffer_size=\(listener.bufferSize) can hold; set buffer_size=\(ListenerBuffer.size(forProcesses: count))
            """
        )
    }
}
