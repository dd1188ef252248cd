/// The origin of events; those of one pool share it, so that an event is copied quickly.
final class EventOrigin: Hashable, Sendable {
    /// The identifier of the supervisord that sends them.
    let server: String
    /// The name of the listener's pool.
    let pool: String

    init(server: String, pool: String) {
        self.server = server
        self.pool = pool
    }

    static func == (one: EventOrigin, other: EventOrigin) -> Bool {
        one === other || (one.server, one.pool) == (other.server, other.pool)
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(server)
        hasher.combine(pool)
    }
}
