/// What supervisord says about an event before its payload.
public struct EventHeader: Hashable, Sendable {
    /// supervisord's name of the event: `PROCESS_STATE_RUNNING`.
    public let name: String
    /// The kind of that name; `nil` where this version of supervisord has one that is not known here.
    public let kind: EventKind?
    /// The identifier of the supervisord that sent it: `supervisor`, unless `identifier=` says otherwise.
    public let server: String
    /// The event's number in that supervisord, negative where the header has none; the numbers of one pool have gaps.
    public let serial: Int
    /// The name of the event listener's section, without `eventlistener:`.
    public let pool: String
    /// The event's number in that pool, negative where the header has none.
    ///
    /// A gap means that supervisord's buffer overflowed and events were lost.
    public let poolSerial: Int
    /// When the event was received here.
    public let time: Timestamp

    /// What stands for a number that the header does not have; supervisord's own begin at 0.
    public static let unnumbered = -1

    /// Describes an event.
    ///
    /// - Parameters:
    ///   - name: supervisord's name of the event.
    ///   - server: The identifier of the supervisord that sent it.
    ///   - serial: The event's number in that supervisord.
    ///   - pool: The name of the listener's pool.
    ///   - poolSerial: The event's number in that pool.
    ///   - time: When it was received.
    public init(
        name: String,
        server: String = "supervisor",
        serial: Int = 0,
        pool: String = "listener",
        poolSerial: Int = 0,
        time: Timestamp = Timestamp(nanoseconds: 0)
    ) {
        self.init(
            name: name,
            kind: EventKind(rawValue: name),
            server: server,
            serial: serial,
            pool: pool,
            poolSerial: poolSerial,
            time: time
        )
    }

    init(
        name: String,
        kind: EventKind?,
        server: String,
        serial: Int,
        pool: String,
        poolSerial: Int,
        time: Timestamp
    ) {
        self.name = name
        self.kind = kind
        self.server = server
        self.serial = serial
        self.pool = pool
        self.poolSerial = poolSerial
        self.time = time
    }
}
