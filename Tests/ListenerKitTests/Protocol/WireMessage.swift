/// A message as supervisord writes it: the header counts the payload's scalars.
struct WireMessage: Sendable {
    var name = "PROCESS_LOG_STDOUT"
    var server = "supervisor"
    var serial = 0
    var pool = "listener"
    var poolSerial = 0
    var payload = ""

    var header: String {
        "ver:3.0 server:\(server) serial:\(serial) pool:\(pool) poolserial:\(poolSerial) eventname:\(name) "
            + "len:\(payload.unicodeScalars.count)\n"
    }

    var bytes: [UInt8] {
        Array((header + payload).utf8)
    }
}

extension [UInt8] {
    /// The bytes in pieces of one size, as reads might return them; all in one piece where the size is `nil`.
    func pieces(of size: Int?) -> [ArraySlice<UInt8>] {
        guard let size else {
            return [self[...]]
        }
        return stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
    }
}
