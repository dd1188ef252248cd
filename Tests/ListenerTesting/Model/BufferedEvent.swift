/// An event on its way to a pool's listeners.
struct BufferedEvent: Sendable {
    let name: String
    let payload: String
    /// Its number in the whole supervisord.
    let serial: Int
    /// Its number in the pool.
    let poolSerial: Int
    /// When it happened.
    let time: Duration

    /// The event as it stands on the wire; the length counts characters, as supervisord's does.
    func bytes(server: String, pool: String) -> [UInt8] {
        let header =
            "ver:3.0 server:\(server) serial:\(serial) pool:\(pool) poolserial:\(poolSerial) "
            + "eventname:\(name) len:\(payload.unicodeScalars.count)\n"
        return Array((header + payload).utf8)
    }
}
