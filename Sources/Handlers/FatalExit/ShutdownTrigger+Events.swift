package import ListenerKit

extension ShutdownTrigger {
    /// The shortcoming of a listener that does not get some events.
    package struct Shortcoming: Equatable {
        /// The events that it does not get.
        package let missing: [EventKind]
        /// The consequence, after "which": `may fire some seconds late`.
        package let consequence: String
    }

    /// Returns whether a listener can see the trigger met.
    ///
    /// - Parameter isDelivered: Whether the listener gets an event.
    /// - Returns: Whether it gets one of those that can meet the trigger.
    package func canBeMet(by isDelivered: (EventKind) -> Bool) -> Bool {
        decisiveEvents.contains(where: isDelivered)
    }

    /// Returns what a listener does worse that can see the trigger met, but gets only some of the events that concern it.
    ///
    /// - Parameter isDelivered: Whether the listener gets an event.
    /// - Returns: Nothing if it gets all of them.
    package func shortcomings(by isDelivered: (EventKind) -> Bool) -> [Shortcoming] {
        var shortcomings: [Shortcoming] = []
        func add(_ needed: [EventKind], _ consequence: String) {
            let missing = needed.filter { !isDelivered($0) }
            if !missing.isEmpty {
                shortcomings.append(Shortcoming(missing: missing, consequence: consequence))
            }
        }
        // These show that a program is about to become FATAL, so that supervisord can be nudged until it is.
        let forewarnings: [EventKind] = [.processStateStarting, .processStateBackoff]
        switch self {
        case .fatal:
            add(forewarnings, "may fire some seconds late")
        case .exit, .unexpectedExit:
            break
        case .allExited:
            add([.processStateExited], "does not fire if the last program exits by itself")
            add([.processStateFatal], "does not fire if the last program becomes FATAL")
            if isDelivered(.processStateFatal) {
                add(forewarnings, "may fire some seconds late")
            }
        case .crashLoop:
            add([.processStateExited], "counts starts by an operator too")
        }
        return shortcomings
    }

    private var decisiveEvents: [EventKind] {
        switch self {
        case .fatal: [.processStateFatal]
        case .exit, .unexpectedExit: [.processStateExited]
        case .allExited: [.processStateExited, .processStateFatal]
        case .crashLoop: [.processStateStarting]
        }
    }
}
