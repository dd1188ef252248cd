import Handlers
import ListenerKit

extension CheckRules {
    /// The rules about the events that a listener subscribes to, compared with those that its handlers need.
    static let events = [missingEvents, lateTrigger, repeatedEvents, smallBuffer, defaultBuffer]

    private static let missingEvents = CheckRule(.missingEvents) { checked, findings in
        for listener in checked.listeners {
            findings.add(listener.missingEvents)
        }
    }

    private static let lateTrigger = CheckRule.eachListener(
        "late-trigger",
        .warning,
        "a trigger of --fatal-exit that does not receive all events that can fire it",
        reason: "supervisord is shut down later than it could be, or not in every case."
    ) { listener, findings in
        // What another handler needs includes what the triggers need.
        guard !listener.listener.events.isEmpty, listener.missingEvents.isEmpty,
            let request = try? listener.request.get(),
            request.handlers.contains(where: { $0 is FatalExit.Type })
        else {
            return
        }
        let triggers = request.value(of: FatalExit.triggers, handler: FatalExit.name)
        guard triggers != [.fatal] || listener.receivesOtherStateChanges else {
            return findings.add(
                listener.listener.eventsLocation,
                """
                \(listener.name) has --\(FatalExit.name) with PROCESS_STATE_FATAL alone, which may arrive some seconds late; \
                use events=PROCESS_STATE instead, with which it arrives at once
                """
            )
        }
        for trigger in triggers {
            for shortcoming in trigger.shortcomings(by: listener.events.events.deliver) {
                let missing = shortcoming.missing.map { $0.rawValue }.joined(separator: ",")
                findings.add(
                    listener.listener.eventsLocation,
                    """
                    \(listener.name) has --\(FatalExit.name)-\(FatalExit.triggers.name)=\(trigger.optionText), which \
                    \(shortcoming.consequence) without \(missing); events=PROCESS_STATE includes all that it needs
                    """
                )
            }
        }
    }

    private static let repeatedEvents = CheckRule(.repeatedEvents) { checked, findings in
        for listener in checked.listeners {
            findings.add(listener.events.repeatedEvents())
        }
    }

    private static let smallBuffer = CheckRule(.smallBuffer) { checked, findings in
        findings.add(checked.configuration.eventListeners.compactMap { checked.smallBuffer(of: $0) })
    }

    private static let defaultBuffer = CheckRule(
        "default-buffer",
        .warning,
        "a listener of frequent events without a buffer_size",
        reason: "The default of 10 overflows in a burst of events, and supervisord then drops the oldest ones."
    ) { checked, findings in
        for listener in checked.configuration.eventListeners {
            let events = SubscribedEvents(listener)
            let isFrequent =
                events.eventsPerStart > 0
                || [.processLog, .processCommunication].contains { events.deliverPart(of: $0) }
            guard isFrequent, listener.program.location(ofKey: "buffer_size") == nil,
                checked.smallBuffer(of: listener) == nil
            else {
                continue
            }
            let size = ListenerBuffer.size(forProcesses: checked.configuration.processCount)
            findings.add(
                listener.program.location,
                """
                \(listener.name) has no buffer_size, so that supervisord keeps 10 events for it, and drops the oldest of more; \
                set buffer_size=\(size)
                """
            )
        }
    }
}

extension CheckedConfiguration {
    /// The problem with a buffer that cannot hold the events of the start; nil if it can.
    fileprivate func smallBuffer(of listener: EventListenerConfiguration) -> ConfigurationProblem? {
        ListenerSectionCheck(listener).smallBuffer(forProcesses: configuration.processCount)
    }
}

extension CheckedListener {
    /// The problems with events that handlers need, or are to log, and that the listener does not receive.
    fileprivate var missingEvents: [ConfigurationProblem] {
        guard let request = try? request.get() else {
            return []
        }
        typealias Need = ListenerSectionCheck.Need
        var needs = request.handlers.compactMap { handler -> Need? in
            if handler is EventLog.Type, let wanted = request.value(of: EventLog.wanted, handler: EventLog.name) {
                return Need("--\(EventLog.name)-\(EventLog.wanted.name)", wanted, .warning)
            }
            if handler is FatalExit.Type {
                return canFireTriggers(of: request) ? nil : Need("--\(handler.name)", handler.events, .error)
            }
            // A handler of every event works with those that arrive.
            return Need("--\(handler.name)", handler.events, handler is any EventHandler.Type ? .warning : .error)
        }
        if request.isSelected(EventLog.name), request.value(of: EventLog.output, handler: EventLog.name) {
            needs.append(Need("--\(EventLog.name)-\(EventLog.output.name)", [.processLog], .warning))
        }
        return events.missingEvents(needs)
    }

    /// Whether the listener receives, for every trigger, an event that can fire it.
    private func canFireTriggers(of request: ListenRequest) -> Bool {
        request.value(of: FatalExit.triggers, handler: FatalExit.name).allSatisfy {
            $0.canBeMet(by: events.events.deliver)
        }
    }

    fileprivate var receivesOtherStateChanges: Bool {
        EventKind.allCases.contains { kind in
            kind != .processStateFatal && EventKind.processState.includes(kind) && events.events.deliver(kind)
        }
    }
}
