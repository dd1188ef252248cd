/// Anything that supervisord sends to a listener; each case is one reference, because events are copied often.
@nonexhaustive
public enum Event: Hashable, Sendable {
    /// A process has changed its state.
    case processState(ProcessStateEvent)
    /// A program has written something.
    case processLog(ProcessLogEvent)
    /// A program has written text between supervisord's tags.
    indirect case processCommunication(ProcessCommunicationEvent)
    /// A client has called `sendRemoteCommEvent`.
    indirect case remoteCommunication(RemoteCommunicationEvent)
    /// supervisord has started, or is being stopped.
    indirect case supervisorState(SupervisorStateEvent)
    /// Time has passed.
    indirect case tick(TickEvent)
    /// A process group was added or removed.
    indirect case processGroup(ProcessGroupEvent)
    /// Any other event.
    indirect case other(OtherEvent)

    /// The event's header.
    @inlinable public var header: EventHeader {
        switch self {
        case .processState(let event): event.header
        case .processLog(let event): event.header
        case .processCommunication(let event): event.header
        case .remoteCommunication(let event): event.header
        case .supervisorState(let event): event.header
        case .tick(let event): event.header
        case .processGroup(let event): event.header
        case .other(let event): event.header
        }
    }
}

extension Event {
    /// Parses a message.
    ///
    /// - Throws: ``PayloadError`` if the payload lacks a value that its kind of event has.
    init(_ message: borrowing Message) throws(PayloadError) {
        let header = message.header
        let payload = Payload(bytes: message.payload)
        switch header.kind {
        case .processStateStarting, .processStateRunning, .processStateBackoff, .processStateStopping,
            .processStateExited, .processStateStopped, .processStateFatal, .processStateUnknown:
            self = .processState(try ProcessStateEvent(header, payload))
        case .processLogStdout, .processLogStderr:
            self = .processLog(try ProcessLogEvent(header, payload))
        case .processCommunicationStdout, .processCommunicationStderr:
            self = .processCommunication(try ProcessCommunicationEvent(header, payload))
        case .remoteCommunication:
            self = .remoteCommunication(try RemoteCommunicationEvent(header, payload))
        case .supervisorStateChangeRunning:
            self = .supervisorState(SupervisorStateEvent(header: header, state: .running))
        case .supervisorStateChangeStopping:
            self = .supervisorState(SupervisorStateEvent(header: header, state: .stopping))
        case .tick5, .tick60, .tick3600:
            self = .tick(try TickEvent(header, payload))
        case .processGroupAdded, .processGroupRemoved:
            self = .processGroup(try ProcessGroupEvent(header, payload))
        case .event, .processState, .processLog, .processCommunication, .supervisorStateChange, .tick, .processGroup,
            nil:
            self = .other(OtherEvent(header: header, payload: payload.text))
        }
    }
}
