/// A process group was added to supervisord, or removed from it; also sent for each group when supervisord starts.
public struct ProcessGroupEvent: Hashable, Sendable {
    /// What supervisord says about the event.
    public let header: EventHeader
    /// The name of the group.
    public let group: String
    /// What happened to it.
    public let change: Change

    /// What can happen to a group.
    public enum Change: Hashable, Sendable {
        /// It is there now.
        case added
        /// It is gone.
        case removed
    }

    /// Describes a change.
    ///
    /// - Parameters:
    ///   - header: What supervisord says about the event.
    ///   - group: The name of the group.
    ///   - change: What happened to it.
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
        // A newline follows the name here, and only here.
        group = String(decoding: name.last == UInt8(ascii: "\n") ? name.dropLast() : name, as: UTF8.self)
        change = header.kind == .processGroupRemoved ? .removed : .added
    }
}
