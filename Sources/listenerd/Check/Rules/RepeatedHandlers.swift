import Handlers
import ListenerKit

/// Finds handlers that two listeners have with the same options.
struct RepeatedHandlers {
    private typealias Listener = (listener: EventListenerConfiguration, request: ListenRequest?)

    private let listeners: [Listener]

    init(_ configuration: SupervisorConfiguration) {
        listeners = configuration.eventListeners.map { listener in
            (listener, try? ListenerCommand(listener.program.command)?.request())
        }
    }

    /// Adds each listener that repeats the work of an earlier one.
    func find(_ findings: inout Findings) {
        for (index, later) in listeners.enumerated() {
            for earlier in listeners[..<index] {
                let shared = builtInHandlers.filter { isDoneByBoth($0, earlier, later) }
                let events = SubscribedEvents(earlier.listener)
                guard !shared.isEmpty, events.overlap(SubscribedEvents(later.listener)) else {
                    continue
                }
                findings.add(
                    later.listener.program.location,
                    """
                    \(later.listener.name) has \(listed(shared.map { "--\($0.name)" })), and so does \
                    \(earlier.listener.name): everything would be done twice; remove it from one of them
                    """
                )
                break
            }
        }
    }

    /// Whether both listeners have the handler, and with the same options, so that it would do everything twice.
    private func isDoneByBoth(_ handler: any Handler.Type, _ one: Listener, _ other: Listener) -> Bool {
        if handler is OrderedStartup.Type {
            // Two of these would start the same programs, whatever their options.
            return ListenerCommand.startsInOrder(one.listener) && ListenerCommand.startsInOrder(other.listener)
        }
        let given = options(of: handler, one.request)
        return given != nil && given == options(of: handler, other.request)
    }

    /// Returns the options of a handler as they were given, or nil if it is not selected.
    private func options(of handler: any Handler.Type, _ request: ListenRequest?) -> Set<String>? {
        guard let request, request.handlers.contains(where: { $0.name == handler.name }) else {
            return nil
        }
        return Set(request.options.given.map { $0.word }.filter { $0.hasPrefix("--\(handler.name)-") })
    }
}
