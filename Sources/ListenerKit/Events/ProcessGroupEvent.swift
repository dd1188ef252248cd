/// A process group was added to supervisord, or removed from it; when supervisord starts, each group is added.
public struct ProcessGroupEvent: Hashable, Sendable {
    /// The event's header.
    public let header: EventHeader
    /// The name of the group.
    public let group: String
    /// Whether it was added or removed.
    public let change: Change

    /// A change of a group.
    public enum Change: Hashable, Sendable {
        /// supervisord manages it from now on.
        case added
        /// supervisord does not manage it any more.
        case removed
    }

    /// Describes a change.
    ///
    /// - Parameters:
    ///   - header: What supervisord says about the event.
    ///   - group: The name of the group.
    ///   - change: Whether it was added or removed.
    public init(header: EventHeader, group: String, change: Change) {
        self.header = header
        self.group = group
        self.change = change
    }
}

extension ProcessGroupEvent {
    init(_ header: EventHeader, _ payload: Payload) throws(PayloadError) {
        let name = try payload.fields([.group]).value(.group)
        self.header = header
        // Only in these events a newline follows the name.
        group = String(decoding: name.last == UInt8(ascii: "\n") ? name.dropLast() : name, as: UTF8.self)
        change = header.kind == .processGroupRemoved ? .removed : .added
    }
}
