import Glibc

/// The socket by which listeners tell `supervise` that they have handled all events before a mark.
///
/// The mark is an event of its own, which `supervise` has supervisord send; each listener answers with the mark and its own pool.
package struct MarkSocket: ~Copyable, Sendable {
    /// The type of the `REMOTE_COMMUNICATION` event that is a mark; its data is the mark.
    package static let eventType = "LISTENERD_MARK"
    /// Longer than any mark, and than any name of a pool.
    private static let longest = 1024

    private let path: String
    private let socket: DatagramSocket

    private static func path(beside statusFile: String) -> String {
        statusFile + ".marks"
    }

    /// Makes a socket to which every user who can reach its path can send; the file is removed when this value is destroyed.
    ///
    /// - Parameter statusFile: The path of the ``StatusSocket``, beside which there is no such socket yet.
    /// - Throws: ``SystemError``.
    package init(beside statusFile: String) throws(SystemError) {
        let path = Self.path(beside: statusFile)
        socket = try DatagramSocket.open(atPath: path, "listen at '\(path)'")
        self.path = path
    }

    deinit {
        unlink(path)
    }

    /// Waits for answers to a mark; those to other marks are dropped.
    ///
    /// - Parameters:
    ///   - mark: The mark, which cannot be guessed.
    ///   - pools: The pools of the listeners that are to answer.
    ///   - deadline: When to give up.
    /// - Returns: The pools that have not answered by then.
    package func wait(
        for mark: String,
        from pools: Set<String>,
        until deadline: ContinuousClock.Instant
    ) -> Set<String> {
        var missing = pools
        while !missing.isEmpty {
            while let datagram = try? socket.receive(limit: Self.longest, "receive an answer") {
                let words = datagram.bytes.split(separator: UInt8(ascii: "\n"))
                if words.count == 2, words[0].elementsEqual(mark.utf8) {
                    missing.remove(String(decoding: words[1], as: UTF8.self))
                }
            }
            guard !missing.isEmpty, ContinuousClock.now < deadline else {
                break
            }
            _ = poll(for: [socket.fileDescriptor], until: deadline)
        }
        return missing
    }

    /// Answers a mark.
    ///
    /// - Parameters:
    ///   - mark: The mark.
    ///   - pool: The pool of the listener.
    ///   - statusFile: The path of the ``StatusSocket`` of the `supervise` that waits for the answer.
    /// - Throws: ``SystemError`` if nothing listens there.
    package static func answer(_ mark: String, from pool: String, beside statusFile: String) throws(SystemError) {
        let path = path(beside: statusFile)
        let action = "answer at '\(path)'"
        guard let address = SocketAddress(path: path) else {
            throw SystemError(action, code: ENAMETOOLONG)
        }
        try DatagramSender(to: address).send(Array("\(mark)\n\(pool)".utf8), action)
    }
}
