/// A key of the `key:value` words that supervisord puts into headers and payloads.
struct Field: Equatable, Sendable {
    /// The key with what goes before and after it: ` serial:`.
    let marker: [UInt8]
    /// Whether any text may follow the key; the value of any other field is one word.
    let isFreeText: Bool

    private init(_ key: String, isFreeText: Bool = false) {
        marker = Array(" \(key):".utf8)
        self.isFreeText = isFreeText
    }

    /// The key alone: `serial`.
    var key: String {
        String(decoding: marker.dropFirst().dropLast(), as: UTF8.self)
    }

    static let version = Field("ver")
    /// `identifier=` is not validated by supervisord, and may hold spaces and colons.
    static let server = Field("server", isFreeText: true)
    static let serial = Field("serial")
    static let pool = Field("pool")
    static let poolSerial = Field("poolserial")
    static let eventName = Field("eventname")
    static let length = Field("len")
    /// supervisord refuses spaces and colons in a name before it expands it, not after.
    static let process = Field("processname", isFreeText: true)
    static let group = Field("groupname", isFreeText: true)
    static let previousState = Field("from_state")
    static let tries = Field("tries")
    static let expected = Field("expected")
    static let pid = Field("pid")
    static let channel = Field("channel")
    static let when = Field("when")
}
