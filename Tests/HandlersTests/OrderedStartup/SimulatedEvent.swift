import ListenerKit

/// An event that the simulated supervisord sends.
enum SimulatedEvent {
    case state(ProcessName, from: ProcessState, ProcessStateEvent.Transition)
    case group(String, ProcessGroupEvent.Change)
}
