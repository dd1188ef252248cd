import Glibc

/// The socket by which handlers tell `supervise` the exit status of the container, and why, each in a datagram: `7\n`, then the
/// reason if there is one.
package struct StatusSocket: ~Copyable, Sendable {
    /// A status that was received.
    package struct Status: Equatable, Sendable {
        /// The exit status.
        package let status: UInt8
        /// Why, as a sentence without a full stop; nil if the sender has not said.
        package let reason: String?
        /// The user id of the sender.
        package let user: UInt32
    }

    /// The environment variable with the path of the socket.
    package static let variable = "LISTENERD_STATUS_FILE"

    private let path: String
    private let socket: DatagramSocket

    /// Makes a socket at a path where there is no file yet; the file is removed when this value is destroyed.
    ///
    /// Every user who can reach the path can send, so the receiver has to check the sender.
    ///
    /// - Parameter path: The path.
    /// - Throws: ``SystemError``.
    package init(path: String) throws(SystemError) {
        socket = try DatagramSocket.open(atPath: path, "listen at '\(path)'")
        self.path = path
    }

    deinit {
        unlink(path)
    }

    /// The descriptor to poll.
    package var fileDescriptor: Int32 { socket.fileDescriptor }

    /// Receives the next status, without waiting; datagrams that are not a status are skipped.
    ///
    /// - Returns: The status; nil if there is none.
    /// - Throws: ``SystemError``.
    package func receive() throws(SystemError) -> Status? {
        while let datagram = try socket.receive(limit: Self.longest + 1, "receive a status") {
            if let sender = datagram.sender, let (status, reason) = Self.parse(datagram.bytes) {
                return Status(status: status, reason: reason, user: sender.user)
            }
        }
        return nil
    }

    /// Sends a status; waits for up to a second if the receiver's queue is full.
    ///
    /// - Parameters:
    ///   - status: The status.
    ///   - reason: Why, as a sentence without a full stop; nil to say nothing.
    ///   - path: The path of the receiver's socket.
    /// - Throws: ``SystemError`` if it cannot be delivered.
    package static func send(status: UInt8, reason: String? = nil, to path: String) throws(SystemError) {
        let action = "send a status to '\(path)'"
        guard let address = SocketAddress(path: path) else {
            throw SystemError(action, code: ENAMETOOLONG)
        }
        var text = Array("\(status)\n".utf8)
        if let reason {
            text.append(escaping: reason)
        }
        try DatagramSender(to: address, waitingFor: 1).send(Array(text.prefix(longest)), action)
    }

    /// The length of the longest datagram; more of a reason is not sent.
    private static let longest = 1024
    /// The length of the longest status with its newline: `255\n`.
    private static let longestStatus = 4

    private static func parse(_ text: [UInt8]) -> (status: UInt8, reason: String?)? {
        guard text.count <= longest, let end = text.prefix(longestStatus).firstIndex(of: UInt8(ascii: "\n")),
            let status = Int(decimal: text[..<end]).flatMap({ UInt8(exactly: $0) })
        else {
            return nil
        }
        let reason = text[(end + 1)...]
        guard !reason.contains(UInt8(ascii: "\n")) else {
            return nil
        }
        return (status, reason.isEmpty ? nil : String(decoding: reason, as: UTF8.self))
    }
}
