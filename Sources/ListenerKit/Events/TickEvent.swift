/// Time has passed; sent up to seconds late, and not at all for what was missed.
public struct TickEvent: Hashable, Sendable {
    /// What supervisord says about the event.
    public let header: EventHeader
    /// How much time lies between two of its kind.
    public let period: Period
    /// The multiple of the period that the wall clock has reached; not the present time.
    public let when: Timestamp

    /// The periods that supervisord offers, in seconds.
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
    ///   - period: How much time lies between two of its kind.
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
