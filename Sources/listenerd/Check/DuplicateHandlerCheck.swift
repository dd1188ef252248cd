import Handlers
import ListenerKit

/// Finds out whether two listeners do the same.
struct DuplicateHandlerCheck {
    private typealias Listener = (listener: EventListenerConfiguration, request: ListenRequest?)

    private let listeners: [Listener]

    init(_ configuration: SupervisorConfiguration) {
        listeners = configuration.eventListeners.map { listener in
            (listener, try? ListenerCommand(listener.program.command)?.request())
        }
    }

    /// Compares each listener with those before it.
    func check(_ findings: inout Findings) {
        for (position, later) in listeners.enumerated() {
            for earlier in listeners[..<position] {
                let shared = builtInHandlers.filter { isDoneByBoth($0, earlier, later) }
                guard !shared.isEmpty, EventsCheck(earlier.listener).shares(eventsWith: EventsCheck(later.listener))
                else {
                    continue
                }
                findings.warn(
                    later.listener.program.location,
                    """
                    \(later.listener.name) has \(listed(shared.map { "--\($0.name)" })), and so has \
                    \(earlier.listener.name): everything would be done twice; leave it to one of them
                    """
                )
                break
            }
        }
    }

    /// Whether two listeners have a handler that does the same in both, since it has the same options.
    private func isDoneByBoth(_ handler: any Handler.Type, _ one: Listener, _ other: Listener) -> Bool {
        if handler is OrderedStartup.Type {
            // Whatever its options, two would start the same programs.
            return ListenerCommand.startsInOrder(one.listener) && ListenerCommand.startsInOrder(other.listener)
        }
        let given = options(of: handler, one.request)
        return given != nil && given == options(of: handler, other.request)
    }

    /// The options of a handler, as they were given; nil if it is not selected.
    private func options(of handler: any Handler.Type, _ request: ListenRequest?) -> Set<String>? {
        guard let request, request.handlers.contains(where: { $0.name == handler.name }) else {
            return nil
        }
        return Set(request.options.given.map { $0.word }.filter { $0.hasPrefix("--\(handler.name)-") })
    }
}
