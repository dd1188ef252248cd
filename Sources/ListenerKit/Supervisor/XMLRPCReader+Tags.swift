extension XMLRPCReader {
    /// Returns the text up to the end of the element that contains it.
    mutating func text(until name: Range<Int>) throws(XMLRPCError) -> String {
        var text: String?
        while true {
            switch try tokens.next() {
            case .text(let range):
                // A comment may split the text.
                text = text.map { $0 + tokens.string(range) } ?? tokens.string(range)
            case .end(let end):
                guard tokens.bytes[end] == tokens.bytes[name] else {
                    throw unexpected("a wrong end tag")
                }
                return text ?? ""
            case .start:
                throw unexpected("a tag within text")
            }
        }
    }

    /// Returns the next tag, and skips the white space before it.
    mutating func tag() throws(XMLRPCError) -> XMLTokens.Token {
        while true {
            let token = try tokens.next()
            guard case .text(let text) = token else {
                return token
            }
            guard tokens.isBlank(text) else {
                throw unexpected("text between tags")
            }
        }
    }

    /// Whether one more element follows, rather than the end of its container.
    mutating func startsNext(
        _ element: StaticString,
        orEnds container: StaticString
    ) throws(XMLRPCError) -> Bool {
        switch try tag() {
        case .start(let name) where tokens.matches(name, element): return true
        case .end(let name) where tokens.matches(name, container): return false
        default: throw unexpected("neither <\(element)> nor </\(container)>")
        }
    }

    /// Reads an opening tag, which must have this name.
    mutating func expectStart(_ name: StaticString) throws(XMLRPCError) {
        guard case .start(let found) = try tag(), tokens.matches(found, name) else {
            throw unexpected("something other than <\(name)>")
        }
    }

    /// Reads a closing tag, which must have this name.
    mutating func expectEnd(_ name: StaticString) throws(XMLRPCError) {
        guard case .end(let found) = try tag(), tokens.matches(found, name) else {
            throw unexpected("something other than </\(name)>")
        }
    }

    /// Reads a closing tag, which must match an opening one.
    mutating func expectEnd(_ name: Range<Int>) throws(XMLRPCError) {
        guard case .end(let found) = try tag(), tokens.bytes[found] == tokens.bytes[name] else {
            throw unexpected("a wrong end tag")
        }
    }

    /// Returns the error for a document that does not continue as it should.
    func unexpected(_ what: String) -> XMLRPCError {
        .unexpected(what, offset: tokens.position - tokens.bytes.startIndex)
    }
}
