import ListenerKit

/// A request as supervisord's server reads it.
struct HTTPRequest {
    /// The HTTP status with which supervisord refuses a request.
    struct Refusal: Error {
        let status: Int
    }

    let authorization: String?
    let body: [UInt8]

    /// Parses a request; nil if more bytes are needed.
    ///
    /// - Throws: ``Refusal``.
    init?(_ bytes: [UInt8]) throws {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = Self.endOfHeaders(bytes) else {
            return nil
        }
        let lines = text.utf8.prefix(end).split(separator: 0x0A).map { line in
            String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
        }
        guard let first = lines.first, first.hasPrefix("POST /RPC2") else {
            throw Refusal(status: 400)
        }
        func header(_ name: String) -> String? {
            // supervisord requires exactly one space after the colon.
            lines.first { $0.lowercased().hasPrefix("\(name): ") }.map { String($0.dropFirst(name.count + 2)) }
        }
        guard let length = header("content-length").flatMap({ Int($0) }) else {
            throw Refusal(status: 411)
        }
        guard bytes.count >= end + length else {
            return nil
        }
        authorization = header("authorization")
        body = Array(bytes[end..<end + length])
    }

    /// The call in the body.
    func call() throws -> RPCCall {
        // A call has the form of a reply, except for its outermost tags and the number of its values.
        let text = String(decoding: body, as: UTF8.self)
        guard let name = Self.part(of: text, from: "<methodName>", to: "</methodName>") else {
            throw Refusal(status: 400)
        }
        let parameters = Self.part(of: text, from: "<params>", to: "</params>") ?? ""
        let values = Self.removing(["<param>", "</param>"], from: parameters)
        let reply = """
            <methodResponse><params><param><value><array><data>\(values)</data></array></value></param></params>\
            </methodResponse>
            """
        guard case .success(.array(let list)) = try? readReply(Array(reply.utf8)) else {
            throw Refusal(status: 400)
        }
        return RPCCall(method: String(name), parameters: list)
    }

    private static func endOfHeaders(_ bytes: [UInt8]) -> Int? {
        let mark = Array("\r\n\r\n".utf8)
        return bytes.indices.first { bytes[$0...].starts(with: mark) }.map { $0 + mark.count }
    }

    private static func part(of text: String, from start: String, to end: String) -> Substring? {
        guard let first = text.firstRange(of: start), let last = text[first.upperBound...].firstRange(of: end) else {
            return nil
        }
        return text[first.upperBound..<last.lowerBound]
    }

    private static func removing(_ tags: [String], from text: some StringProtocol) -> String {
        tags.reduce(String(text)) { $0.replacing($1, with: "") }
    }
}
