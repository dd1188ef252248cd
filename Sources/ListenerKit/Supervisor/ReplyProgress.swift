/// Finds the end of a reply while it is being received, and rejects one that is longer than supervisord's.
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
    /// The longest reply of supervisord describes all of its processes: some 1.4 KiB for each, and 6 KiB if the names of its group,
    /// itself and its logs are as long as possible. So there is room for 10,000 processes of that kind, and for five times as
    /// many usual ones, which is more than one supervisord has file descriptors for.
    static let longestBody = 64 << 20
    /// The longest headers that are accepted; supervisord's have some 200 bytes.
    private static let longestHeaders = 1 << 20
    /// The end of every reply of Python's XML-RPC; no value in a reply can contain it.
    private static let endOfReply = "</methodResponse>\n".utf8

    /// How many bytes have been searched for the end of the headers.
    private var searched = 0
    private var startOfBody: Int?

    /// Returns whether a reply is complete.
    ///
    /// - Parameter received: All bytes so far; capacity is reserved in it for the announced length.
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

    /// Returns the index after the empty line that ends the headers; a piece may end within that line.
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
