/// Splits XML into tags and text, without checking that it is well-formed: supervisord's replies are not.
///
/// supervisord escapes only `&`, `<` and `>`. Control characters and carriage returns in text are kept as they are. Comments,
/// declarations and attributes are skipped.
struct XMLTokens {
    /// A token of the document; the ranges are indices of ``bytes``.
    enum Token: Equatable {
        /// `<name>`, or the first half of `<name/>`.
        case start(Range<Int>)
        /// `</name>`, or the second half of `<name/>`.
        case end(Range<Int>)
        /// The text between two tags, with its entities.
        case text(Range<Int>)
    }

    /// The document.
    let bytes: ArraySlice<UInt8>
    /// The index at which the next token starts.
    private(set) var position: Int
    /// The name of an empty element, until its end has been returned.
    private var emptyTag: Range<Int>?

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    /// Returns the next token; throws at the end of the document.
    mutating func next() throws(XMLRPCError) -> Token {
        if let name = emptyTag {
            emptyTag = nil
            return .end(name)
        }
        while position < bytes.endIndex {
            guard bytes[position] == UInt8(ascii: "<") else {
                return text()
            }
            if let tag = try tag() {
                return tag
            }
        }
        throw .cutOff
    }

    private mutating func text() -> Token {
        let start = position
        position = bytes[start...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.endIndex
        return .text(start..<position)
    }

    /// Returns the tag that starts here; `nil` for a comment or a declaration.
    private mutating func tag() throws(XMLRPCError) -> Token? {
        let inside = position + 1
        if bytes[inside...].starts(with: "!--".utf8) {
            try skipComment()
            return nil
        }
        guard let end = bytes[inside...].firstIndex(of: UInt8(ascii: ">")) else {
            throw .cutOff
        }
        position = end + 1
        switch bytes[inside] {
        case UInt8(ascii: "?"), UInt8(ascii: "!"):
            return nil
        case UInt8(ascii: "/"):
            return .end(name(inside + 1..<end))
        default:
            let name = name(inside..<end)
            if bytes[end - 1] == UInt8(ascii: "/") {
                emptyTag = name
            }
            return .start(name)
        }
    }

    private mutating func skipComment() throws(XMLRPCError) {
        let dash = UInt8(ascii: "-")
        var ends = position + 4
        while let end = bytes[ends...].firstIndex(of: UInt8(ascii: ">")) {
            ends = end + 1
            if end >= position + 6, bytes[end - 1] == dash, bytes[end - 2] == dash {
                position = ends
                return
            }
        }
        throw .cutOff
    }

    /// Returns the range of a tag's name, without attributes.
    private func name(_ range: Range<Int>) -> Range<Int> {
        let end = bytes[range].firstIndex { $0 <= UInt8(ascii: " ") || $0 == UInt8(ascii: "/") }
        return range.lowerBound..<(end ?? range.upperBound)
    }
}

extension XMLTokens {
    /// Whether a tag has this name.
    func matches(_ name: Range<Int>, _ wanted: StaticString) -> Bool {
        guard name.count == wanted.utf8CodeUnitCount else {
            return false
        }
        return wanted.withUTF8Buffer { bytes[name].elementsEqual($0) }
    }

    /// Whether a text has only white space.
    func isBlank(_ text: Range<Int>) -> Bool {
        bytes[text].allSatisfy { $0 == UInt8(ascii: " ") || (0x09...0x0D).contains($0) }
    }

    /// Returns a text with its entities replaced, and with replacement characters for invalid UTF-8.
    func string(_ text: Range<Int>) -> String {
        guard bytes[text].contains(UInt8(ascii: "&")) else {
            return String(decoding: bytes[text], as: UTF8.self)
        }
        return String(decoding: replacingEntities(in: bytes[text]), as: UTF8.self)
    }
}
