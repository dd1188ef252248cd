/// The values that stand behind known keys in a line of `key:value` words.
///
/// Splitting a line at its spaces and colons would be wrong, because names may hold both; so the line is split at the
/// keys that are expected in it. They are looked for in supervisord's own order first, then in any order.
struct Fields: ~Copyable {
    private let bytes: ArraySlice<UInt8>
    /// Where the value of each field stands, counted from the first byte.
    private var values = InlineArray<15, Range<Int>?>(repeating: nil)

    /// Finds the values of some fields.
    ///
    /// - Parameters:
    ///   - fields: The fields in the order in which supervisord writes them.
    ///   - bytes: The line, without its newline.
    init(_ fields: [Field], in bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        let line = bytes.span
        if !findInOrder(fields, line) {
            values = InlineArray(repeating: nil)
            findInAnyOrder(fields, line)
        }
    }

    /// The text of a field.
    ///
    /// - Throws: ``PayloadError`` where the field is missing.
    func text(_ field: Field) throws(PayloadError) -> String {
        String(decoding: try value(field), as: UTF8.self)
    }

    /// The bytes of a field.
    ///
    /// - Throws: ``PayloadError`` where the field is missing.
    func value(_ field: Field) throws(PayloadError) -> ArraySlice<UInt8> {
        guard let range = values[field.rawValue] else {
            throw .missing(field.key)
        }
        return bytes[(bytes.startIndex + range.lowerBound)..<(bytes.startIndex + range.upperBound)]
    }

    /// The whole number of a field.
    ///
    /// - Throws: ``PayloadError`` where the field is missing or is no whole number.
    func number(_ field: Field) throws(PayloadError) -> Int {
        let digits = try value(field)
        guard let number = Int(decimal: digits) else {
            throw .notANumber(field.key, String(decoding: digits, as: UTF8.self))
        }
        return number
    }

    private mutating func findInOrder(_ fields: [Field], _ line: borrowing Span<UInt8>) -> Bool {
        guard let first = fields.first, line.hasMarker(first.marker, at: -1) else {
            return false
        }
        var field = first
        var start = first.marker.utf8CodeUnitCount - 1
        for next in fields.dropFirst() {
            guard let end = line.firstMarker(next.marker, from: start),
                field.isFreeText || end == start || valueEnd(field, from: start, line) == end
            else {
                return false
            }
            values[field.rawValue] = start..<end
            start = end + next.marker.utf8CodeUnitCount
            field = next
        }
        values[field.rawValue] = start..<valueEnd(field, from: start, line)
        return true
    }

    private mutating func findInAnyOrder(_ fields: [Field], _ line: borrowing Span<UInt8>) {
        var open: Field?
        var space = -1
        while space < line.count {
            for field in fields where line.hasMarker(field.marker, at: space) {
                if let open, let value = values[open.rawValue] {
                    values[open.rawValue] = value.lowerBound..<max(value.lowerBound, space)
                }
                let start = space + field.marker.utf8CodeUnitCount
                values[field.rawValue] = start..<valueEnd(field, from: start, line)
                open = field.isFreeText ? field : nil
                break
            }
            space = line.firstIndex(of: 0x20, from: space + 1)
        }
    }

    /// The end of a value; spaces before a word belong to it, since `[eventlistener: x]` makes the pool ` x`.
    private func valueEnd(_ field: Field, from start: Int, _ line: borrowing Span<UInt8>) -> Int {
        guard !field.isFreeText else {
            return line.count
        }
        var word = start
        while word < line.count, line[word] == 0x20 {
            word += 1
        }
        return line.firstIndex(of: 0x20, from: word)
    }
}

extension Span<UInt8> {
    /// The index of a byte, or the number of bytes where it does not stand at or after the start.
    fileprivate func firstIndex(of byte: UInt8, from start: Int) -> Int {
        var index = start
        while index < count, self[index] != byte {
            index += 1
        }
        return index
    }

    /// Whether a marker, which begins with a space, stands at an index; at -1 the space may be missing.
    fileprivate func hasMarker(_ marker: StaticString, at index: Int) -> Bool {
        guard index + marker.utf8CodeUnitCount <= count else {
            return false
        }
        return marker.withUTF8Buffer { characters in
            for offset in 1..<characters.count where self[index + offset] != characters[offset] {
                return false
            }
            return true
        }
    }

    /// The index at which a marker first stands.
    fileprivate func firstMarker(_ marker: StaticString, from start: Int) -> Int? {
        var space = firstIndex(of: 0x20, from: start)
        while space < count {
            if hasMarker(marker, at: space) {
                return space
            }
            space = firstIndex(of: 0x20, from: space + 1)
        }
        return nil
    }
}
