import ListenerKit

/// The bytes of an answer, as supervisord's server writes them.
struct HTTPAnswer {
    let bytes: [UInt8]

    /// A reply to a call.
    ///
    /// - Parameters:
    ///   - reply: The reply.
    ///   - isDeferred: Whether the call has waited; supervisord then announces a length in characters.
    init(_ reply: XMLRPCReply, isDeferred: Bool = false) {
        let text: String
        switch reply {
        case .success(let value):
            text = "<params>\n<param>\n\(Self.text(value))</param>\n</params>\n"
        case .failure(let fault):
            let value: XMLRPCValue = ["faultCode": .int(fault.code), "faultString": .string(fault.message)]
            text = "<fault>\n\(Self.text(value))</fault>\n"
        }
        let body = "<?xml version='1.0'?>\n<methodResponse>\n\(text)</methodResponse>\n"
        let length = isDeferred ? body.unicodeScalars.count : body.utf8.count
        self.init(status: 200, length: length, type: "text/xml", body: body)
    }

    /// An answer that is no reply.
    init(status: Int, body: String = "<html><body>Error</body></html>") {
        self.init(status: status, length: body.utf8.count, type: "text/html", body: body)
    }

    private init(status: Int, length: Int, type: String, body: String) {
        let lines = [
            "HTTP/1.1 \(status) \(status == 200 ? "OK" : "Error")", "Server: Medusa/1.12", "Content-Type: \(type)",
            "Content-Length: \(length)", "", body,
        ]
        bytes = Array(lines.joined(separator: "\r\n").utf8)
    }

    private static func text(_ value: XMLRPCValue) -> String {
        switch value {
        case .int(let number): "<value><int>\(number)</int></value>\n"
        case .boolean(let truth): "<value><boolean>\(truth ? 1 : 0)</boolean></value>\n"
        case .double(let number): "<value><double>\(number)</double></value>\n"
        case .string(let text): "<value><string>\(escape(text))</string></value>\n"
        case .array(let values):
            "<value><array><data>\n\(values.map { Self.text($0) }.joined())</data></array></value>\n"
        case .struct(let members):
            "<value><struct>\n\(members.map { member($0.key, $0.value) }.joined())</struct></value>\n"
        }
    }

    private static func member(_ name: String, _ value: XMLRPCValue) -> String {
        "<member>\n<name>\(escape(name))</name>\n\(text(value))</member>\n"
    }

    /// Control characters stay as they are, although XML has no place for them.
    private static func escape(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
