/// A key of the `key:value` pairs in headers and payloads.
enum Field: Int, CaseIterable {
    case version
    /// supervisord does not validate `identifier=`, which may contain spaces and colons.
    case server
    case serial
    case pool
    case poolSerial
    case eventName
    case length
    /// supervisord rejects spaces and colons in a name before it expands the name, but not after.
    case process
    case group
    case previousState
    case tries
    case expected
    case pid
    case channel
    case when

    /// The key with its separators: ` serial:`.
    var marker: StaticString {
        switch self {
        case .version: " ver:"
        case .server: " server:"
        case .serial: " serial:"
        case .pool: " pool:"
        case .poolSerial: " poolserial:"
        case .eventName: " eventname:"
        case .length: " len:"
        case .process: " processname:"
        case .group: " groupname:"
        case .previousState: " from_state:"
        case .tries: " tries:"
        case .expected: " expected:"
        case .pid: " pid:"
        case .channel: " channel:"
        case .when: " when:"
        }
    }

    /// The key alone: `serial`.
    var key: String {
        String(marker.description.dropFirst().dropLast())
    }

    /// Whether the value may be any text; that of any other field is one word.
    var isFreeText: Bool {
        self == .server || self == .process || self == .group
    }
}
