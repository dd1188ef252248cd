/// An HTTP reply, read up to the end of its connection.
package struct HTTPReply: Equatable {
    /// The status: 200.
    package let status: Int
    /// What follows the headers.
    package let body: ArraySlice<UInt8>
    /// How long the body is according to its header, if it says.
    package let announced: Int?
    /// Whether the body is in pieces, which supervisord never sends and this client does not read.
    package let isChunked: Bool

    /// Why something is no reply.
    package enum Failure: Error, Equatable {
        /// It ends before the headers do.
        case cutOff
        /// It does not begin as an HTTP reply does.
        case noHTTP
    }

    /// Divides what came over the connection.
    ///
    /// - Parameter bytes: All of it.
    /// - Throws: ``Failure``.
    package init(_ bytes: [UInt8]) throws(Failure) {
        guard let status = HTTPReply.status(bytes) else {
            throw bytes.starts(with: "HTTP/1.".utf8.prefix(bytes.count)) && bytes.count < 12 ? .cutOff : .noHTTP
        }
        var announced: Int?
        var isChunked = false
        var rest = bytes[...]
        while true {
            guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else {
                throw .cutOff
            }
            let line = rest[..<end]
            rest = rest[end...].dropFirst()
            if line.isEmpty || line.elementsEqual("\r".utf8) {
                break
            }
            if let value = HTTPReply.value(of: "content-length", in: line) {
                announced = Int(value)
            }
            isChunked = isChunked || HTTPReply.value(of: "transfer-encoding", in: line) != nil
        }
        self.status = status
        self.body = rest
        self.announced = announced
        self.isChunked = isChunked
    }

    /// Whether the body is shorter than its header says.
    ///
    /// It may be longer: supervisord counts characters, not bytes, in the reply to a call that has waited.
    package var isCutOff: Bool {
        announced.map { body.count < $0 } ?? false
    }

    /// The status in `HTTP/1.1 200 OK`.
    private static func status(_ bytes: [UInt8]) -> Int? {
        guard bytes.starts(with: "HTTP/1.".utf8), bytes.dropFirst(8).first == UInt8(ascii: " ") else {
            return nil
        }
        let digits = bytes.dropFirst(9).prefix(3)
        return digits.count == 3 ? Int(String(decoding: digits, as: UTF8.self)) : nil
    }

    /// The value of a header, where this line holds it; its name is given in lower case.
    private static func value(of name: String, in line: ArraySlice<UInt8>) -> String? {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")),
            String(decoding: line[..<colon], as: UTF8.self).lowercased() == name
        else {
            return nil
        }
        let value = line[colon...].dropFirst().filter { $0 > UInt8(ascii: " ") }
        return String(decoding: value, as: UTF8.self)
    }
}
