/// An XML-RPC call, as a document for supervisord.
package struct XMLRPCRequest {
    /// The document.
    package private(set) var bytes: [UInt8] = []

    /// A character that XML does not allow; supervisord would answer the call with HTTP status 400.
    package struct ForbiddenCharacter: Error, Equatable {
        /// The character.
        package let scalar: Unicode.Scalar
    }

    /// Writes a call.
    ///
    /// - Parameters:
    ///   - method: The full name of the method: `supervisor.getState`.
    ///   - parameters: The arguments.
    /// - Throws: ``ForbiddenCharacter``.
    package init(_ method: String, _ parameters: [XMLRPCValue]) throws(ForbiddenCharacter) {
        mark("<?xml version='1.0'?>\n<methodCall>\n<methodName>")
        try append(escaping: method)
        mark("</methodName>\n<params>\n")
        for parameter in parameters {
            mark("<param>\n")
            try append(parameter)
            mark("</param>\n")
        }
        mark("</params>\n</methodCall>\n")
    }

    private mutating func mark(_ markup: StaticString) {
        markup.withUTF8Buffer { bytes += $0 }
    }

    private mutating func append(_ value: XMLRPCValue) throws(ForbiddenCharacter) {
        mark("<value>")
        switch value {
        case .int(let number): append("<int>", String(number), "</int>")
        case .boolean(let truth): append("<boolean>", truth ? "1" : "0", "</boolean>")
        case .double(let number): append("<double>", String(number), "</double>")
        case .string(let text):
            mark("<string>")
            try append(escaping: text)
            mark("</string>")
        case .array(let values):
            mark("<array><data>\n")
            for value in values {
                try append(value)
            }
            mark("</data></array>")
        case .struct(let members):
            try append(members: members)
        }
        mark("</value>\n")
    }

    private mutating func append(_ start: StaticString, _ plain: String, _ end: StaticString) {
        mark(start)
        bytes += plain.utf8
        mark(end)
    }

    private mutating func append(members: [String: XMLRPCValue]) throws(ForbiddenCharacter) {
        mark("<struct>\n")
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            mark("<member>\n<name>")
            try append(escaping: name)
            mark("</name>\n")
            try append(value)
            mark("</member>\n")
        }
        mark("</struct>")
    }

    private mutating func append(escaping text: String) throws(ForbiddenCharacter) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": mark("&amp;")
            case "<": mark("&lt;")
            case ">": mark("&gt;")
            // Unescaped, it would be read as a line feed.
            case "\r": mark("&#13;")
            case "\t", "\n": bytes.append(UInt8(ascii: scalar))
            case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": throw ForbiddenCharacter(scalar: scalar)
            default: bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
            }
        }
    }
}
