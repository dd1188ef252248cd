/// Follows a reply while it is being received: finds its end, and what is more than supervisord ever sends.
struct ReplyProgress {
    /// Why a reply is not read to its end.
    enum Excess: Error {
        /// Its headers have no end.
        case headers
        /// Its body is, or is announced to be, too long.
        case body
    }

    /// The longest body that is accepted.
    ///
    /// The longest that supervisord sends is about all of its processes: some 1.4 KiB for each, and 6 KiB if it has the longest
    /// names for its group, itself and its logs. So there is room for 10,000 processes of that kind, and for five times as many
    /// of the usual one, which is more than one supervisord has descriptors for.
    static let longestBody = 64 << 20
    /// supervisord's headers have some 200 bytes.
    private static let longestHeaders = 1 << 20
    /// How Python ends the reply to every call; within it, no value can look like that.
    private static let endOfReply = "</methodResponse>\n".utf8

    /// How much has been searched for the end of the headers.
    private var searched = 0
    private var startOfBody: Int?

    /// Looks at what has been received.
    ///
    /// - Parameter received: All of it; room is made in it for what is announced.
    /// - Returns: Whether nothing more can follow.
    /// - Throws: ``Excess``.
    mutating func isComplete(_ received: inout [UInt8]) throws(Excess) -> Bool {
        if startOfBody == nil {
            startOfBody = endOfHeaders(in: received)
            if let startOfBody, let announced = (try? HTTPReply(received))?.announced {
                guard announced <= Self.longestBody else {
                    throw .body
                }
                received.reserveCapacity(startOfBody + max(0, announced))
            }
        }
        guard let startOfBody else {
            guard received.count <= Self.longestHeaders else {
                throw .headers
            }
            return false
        }
        guard received.count - startOfBody <= Self.longestBody else {
            throw .body
        }
        return received.suffix(Self.endOfReply.count).elementsEqual(Self.endOfReply)
    }

    /// The index behind the empty line, of which one piece may end within.
    private mutating func endOfHeaders(in received: [UInt8]) -> Int? {
        let newline = UInt8(ascii: "\n")
        while let end = received[searched...].firstIndex(of: newline) {
            let before = received[..<end].suffix(2)
            searched = end + 1
            if before.last == newline || before.elementsEqual("\n\r".utf8) {
                return end + 1
            }
        }
        searched = received.count
        return nil
    }
}
