/// Time has passed; sent up to seconds late, and missed ticks are not sent later.
public struct TickEvent: Hashable, Sendable {
    /// The event's header.
    public let header: EventHeader
    /// How often ticks of its kind are sent.
    public let period: Period
    /// The multiple of the period that the wall clock has reached; not the present time.
    public let when: Timestamp

    /// The periods of supervisord's ticks, in seconds.
    public enum Period: Int, Hashable, Sendable {
        /// Every five seconds.
        case fiveSeconds = 5
        /// Every minute.
        case minute = 60
        /// Every hour.
        case hour = 3600
    }

    /// Describes a tick.
    ///
    /// - Parameters:
    ///   - header: What supervisord says about the event.
    ///   - period: How often ticks of its kind are sent.
    ///   - when: The multiple of the period that the wall clock has reached.
    public init(header: EventHeader, period: Period, when: Timestamp) {
        self.header = header
        self.period = period
        self.when = when
    }
}

extension TickEvent {
    init(_ header: EventHeader, _ payload: Payload) throws(PayloadError) {
        self.header = header
        period =
            switch header.kind {
            case .tick60: .minute
            case .tick3600: .hour
            default: .fiveSeconds
            }
        when = Timestamp(seconds: try payload.fields([.when]).number(.when))
    }
}
