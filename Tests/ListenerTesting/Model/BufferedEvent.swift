/// An event in the buffer of a pool.
struct BufferedEvent: Sendable {
    let name: String
    let payload: String
    /// Its serial in this supervisord.
    let serial: Int
    /// Its serial in the pool.
    let poolSerial: Int
    /// When it happened.
    let time: Duration

    /// Returns the event as supervisord writes it; the length counts characters, as supervisord's does.
    func bytes(server: String, pool: String) -> [UInt8] {
        let header =
            "ver:3.0 server:\(server) serial:\(serial) pool:\(pool) poolserial:\(poolSerial) "
            + "eventname:\(name) len:\(payload.unicodeScalars.count)\n"
        return Array((header + payload).utf8)
    }
}
