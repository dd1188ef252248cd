/// An HTTP reply, read up to the end of its connection.
package struct HTTPReply: Equatable {
    /// The status, such as 200.
    package let status: Int
    /// The bytes after the headers.
    package let body: ArraySlice<UInt8>
    /// The length of the body that the headers announce; nil if they announce none.
    package let announced: Int?
    /// Whether the body is in chunks, which supervisord never sends, and which this client does not read.
    package let isChunked: Bool

    /// Why bytes are not a reply.
    package enum Failure: Error, Equatable {
        /// They end before the headers do.
        case cutOff
        /// They do not start like an HTTP reply.
        case noHTTP
    }

    /// Parses the bytes of a connection.
    ///
    /// - Parameter bytes: All of its bytes.
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

    /// Whether the body is shorter than announced.
    ///
    /// It may be longer: supervisord counts characters, not bytes, in the reply to a call that has waited.
    package var isCutOff: Bool {
        announced.map { body.count < $0 } ?? false
    }

    /// Returns the status in `HTTP/1.1 200 OK`.
    private static func status(_ bytes: [UInt8]) -> Int? {
        guard bytes.starts(with: "HTTP/1.".utf8), bytes.dropFirst(8).first == UInt8(ascii: " ") else {
            return nil
        }
        let digits = bytes.dropFirst(9).prefix(3)
        return digits.count == 3 ? Int(String(decoding: digits, as: UTF8.self)) : nil
    }

    /// Returns the value of a header, if the line has it.
    ///
    /// - Parameters:
    ///   - name: The name of the header, in lower case.
    ///   - line: The line.
    /// - Returns: The value without spaces; nil if this is another header.
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
