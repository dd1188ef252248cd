/// The header of an event, which supervisord sends before the payload.
public struct EventHeader: Hashable, Sendable {
    /// supervisord's name of the event: `PROCESS_STATE_RUNNING`.
    public let name: String
    /// The kind of that name; `nil` if it is not known here, because this version of supervisord has a new one.
    public let kind: EventKind?
    /// The event's number in its supervisord, negative if the header has none; the numbers in one pool have gaps.
    public let serial: Int
    /// The event's number in its pool, negative if the header has none.
    ///
    /// A gap means that supervisord's buffer overflowed and events were lost.
    public let poolSerial: Int
    /// When the event was received here.
    public let time: Timestamp
    private let origin: EventOrigin

    /// The placeholder for a number that the header does not have; supervisord's own begin at 0.
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
            origin: EventOrigin(server: server, pool: pool),
            serial: serial,
            poolSerial: poolSerial,
            time: time
        )
    }

    init(
        name: String,
        kind: EventKind?,
        origin: EventOrigin,
        serial: Int,
        poolSerial: Int,
        time: Timestamp
    ) {
        self.name = name
        self.kind = kind
        self.origin = origin
        self.serial = serial
        self.poolSerial = poolSerial
        self.time = time
    }

    /// The identifier of the supervisord that sent it: `supervisor`, unless `identifier=` says otherwise.
    public var server: String { origin.server }

    /// The name of the event listener's section, without `eventlistener:`.
    public var pool: String { origin.pool }
}
