/// Keeps the last line of text that is not blank.
struct LastLine {
    /// So many bytes of a line are kept at most.
    static let limit = 256

    private var current: [UInt8] = []
    private var last: [UInt8] = []

    /// Reads more text.
    ///
    /// A carriage return ends a line too, as programs that show their progress write.
    mutating func append(_ bytes: ArraySlice<UInt8>) {
        var rest = bytes
        while let end = rest.firstIndex(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
            extend(rest[..<end])
            if !Self.isBlank(current) {
                swap(&current, &last)
            }
            current.removeAll(keepingCapacity: true)
            rest = rest[(end + 1)...]
        }
        extend(rest)
    }

    /// The line without spaces around it; nil if there was none.
    ///
    /// It may be unfinished.
    var text: String? {
        let line = Self.isBlank(current) ? last : current
        let start = line.drop(while: Self.isSpace)
        guard let end = start.lastIndex(where: { !Self.isSpace($0) }) else {
            return nil
        }
        return String(decoding: Self.wholeCharacters(start[...end]), as: UTF8.self)
    }

    private mutating func extend(_ bytes: ArraySlice<UInt8>) {
        current += bytes.prefix(max(0, Self.limit - current.count))
    }

    /// Leaves out a character that was cut by the limit.
    private static func wholeCharacters(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard line.count == limit, let last = line.lastIndex(where: { $0 & 0xC0 != 0x80 }) else {
            return line
        }
        let length =
            switch line[last] {
            case 0xC0...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF7: 4
            default: 1
            }
        return line.endIndex - last < length ? line[..<last] : line
    }

    private static func isBlank(_ line: [UInt8]) -> Bool {
        line.allSatisfy(isSpace)
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }
}
