/// Cuts XML into tags and text, without asking whether it is well-formed: what supervisord sends is not.
///
/// It escapes only `&`, `<` and `>`, so that control characters come as they are; those are kept, and so are
/// carriage returns. Comments, declarations and attributes are skipped.
struct XMLTokens {
    /// A piece of the document; the ranges are positions in ``bytes``.
    enum Token: Equatable {
        /// `<name>`, and the first half of `<name/>`.
        case start(Range<Int>)
        /// `</name>`, and the second half of `<name/>`.
        case end(Range<Int>)
        /// What stands between two tags, still with its entities.
        case text(Range<Int>)
    }

    /// The document.
    let bytes: ArraySlice<UInt8>
    /// Where the next token begins.
    private(set) var position: Int
    /// The name of a tag that ends where it starts, until its end has been taken.
    private var emptyTag: Range<Int>?

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    /// The next piece; throws at the end of the document, since whoever asks wants more.
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

    /// The tag that begins here; `nil` for what is to be skipped.
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

    /// The part of a tag before any attribute.
    private func name(_ range: Range<Int>) -> Range<Int> {
        let end = bytes[range].firstIndex { $0 <= UInt8(ascii: " ") || $0 == UInt8(ascii: "/") }
        return range.lowerBound..<(end ?? range.upperBound)
    }
}

extension XMLTokens {
    /// Whether the name of a tag is this one.
    func matches(_ name: Range<Int>, _ wanted: StaticString) -> Bool {
        guard name.count == wanted.utf8CodeUnitCount else {
            return false
        }
        return wanted.withUTF8Buffer { bytes[name].elementsEqual($0) }
    }

    /// Whether a piece of text is only white space.
    func isBlank(_ text: Range<Int>) -> Bool {
        bytes[text].allSatisfy { $0 == UInt8(ascii: " ") || (0x09...0x0D).contains($0) }
    }

    /// The text with its entities replaced, and with a replacement character for what is not UTF-8.
    func string(_ text: Range<Int>) -> String {
        guard bytes[text].contains(UInt8(ascii: "&")) else {
            return String(decoding: bytes[text], as: UTF8.self)
        }
        return String(decoding: replacingEntities(in: bytes[text]), as: UTF8.self)
    }
}
