/// A client has called supervisord's `sendRemoteCommEvent`.
public struct RemoteCommunicationEvent: Hashable, Sendable {
    /// The event's header.
    public let header: EventHeader
    /// The type that the caller gave: any text without a newline.
    public let type: String
    /// The data that the caller gave: any text.
    public let data: String

    /// Describes a message.
    ///
    /// - Parameters:
    ///   - header: What supervisord says about the event.
    ///   - type: The type that the caller gave.
    ///   - data: The data that the caller gave.
    public init(header: EventHeader, type: String, data: String) {
        self.header = header
        self.type = type
        self.data = data
    }
}

extension RemoteCommunicationEvent {
    /// Whether it is a mark that `supervise` has set behind all other events, which is no news for anybody.
    package var isMark: Bool { type == MarkSocket.eventType }

    init(_ header: EventHeader, _ payload: Payload) throws(PayloadError) {
        let marker = Array("type:".utf8)
        guard payload.bytes.starts(with: marker) else {
            throw .missing("type")
        }
        guard let end = payload.bytes.firstIndex(of: UInt8(ascii: "\n")) else {
            throw .missing("newline")
        }
        self.header = header
        type = String(decoding: payload.bytes[(payload.bytes.startIndex + marker.count)..<end], as: UTF8.self)
        data = String(decoding: payload.bytes[(end + 1)...], as: UTF8.self)
    }
}
