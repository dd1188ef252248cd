/// The values of known keys in a line of `key:value` pairs.
///
/// Names may contain spaces and colons, so the line is not split at these, but at the keys that are expected in it. They are
/// searched for in supervisord's own order first, then in any order.
struct Fields: ~Copyable {
    /// Whether all of the fields are there, in supervisord's own order.
    let areInOrder: Bool
    private let bytes: ArraySlice<UInt8>
    private let places: Places

    /// The position of each value, counted from the line's first byte; in small numbers, which are copied quickly.
    private struct Places {
        private var ranges = InlineArray<15, Range<Int32>>(repeating: -1..<(-1))

        subscript(field: Field) -> Range<Int>? {
            get {
                let range = ranges[field.rawValue]
                return range.lowerBound < 0 ? nil : Int(range.lowerBound)..<Int(range.upperBound)
            }
            set {
                ranges[field.rawValue] = newValue.map { Int32($0.lowerBound)..<Int32($0.upperBound) } ?? -1..<(-1)
            }
        }
    }

    /// Searches for fields.
    ///
    /// - Parameters:
    ///   - fields: The fields in the order in which supervisord writes them.
    ///   - bytes: The line, without its newline.
    init(_ fields: [Field], in bytes: ArraySlice<UInt8>) {
        let line = bytes.span
        let ordered = Self.findInOrder(fields, line)
        areInOrder = ordered != nil
        places = ordered ?? Self.findInAnyOrder(fields, line)
        self.bytes = bytes
    }

    /// Returns the text of a field.
    ///
    /// - Throws: ``PayloadError`` if the field is missing.
    func text(_ field: Field) throws(PayloadError) -> String {
        String(decoding: try value(field), as: UTF8.self)
    }

    /// Returns the bytes of a field.
    ///
    /// - Throws: ``PayloadError`` if the field is missing.
    func value(_ field: Field) throws(PayloadError) -> ArraySlice<UInt8> {
        guard let range = places[field] else {
            throw .missing(field.key)
        }
        return bytes[(bytes.startIndex + range.lowerBound)..<(bytes.startIndex + range.upperBound)]
    }

    /// Returns the integer of a field.
    ///
    /// - Throws: ``PayloadError`` if the field is missing or not an integer.
    func number(_ field: Field) throws(PayloadError) -> Int {
        let digits = try value(field)
        guard let number = Int(decimal: digits) else {
            throw .notANumber(field.key, String(decoding: digits, as: UTF8.self))
        }
        return number
    }

    private static func findInOrder(_ fields: [Field], _ line: borrowing Span<UInt8>) -> Places? {
        guard let first = fields.first, line.hasMarker(first.marker, at: -1) else {
            return nil
        }
        var places = Places()
        var field = first
        var start = first.marker.utf8CodeUnitCount - 1
        for next in fields.dropFirst() {
            guard let end = line.firstMarker(next.marker, from: start),
                field.isFreeText || end == start || valueEnd(field, from: start, line) == end
            else {
                return nil
            }
            places[field] = start..<end
            start = end + next.marker.utf8CodeUnitCount
            field = next
        }
        places[field] = start..<valueEnd(field, from: start, line)
        return places
    }

    private static func findInAnyOrder(_ fields: [Field], _ line: borrowing Span<UInt8>) -> Places {
        var places = Places()
        var open: Field?
        var space = -1
        while space < line.count {
            for field in fields where line.hasMarker(field.marker, at: space) {
                if let open, let value = places[open] {
                    places[open] = value.lowerBound..<max(value.lowerBound, space)
                }
                let start = space + field.marker.utf8CodeUnitCount
                places[field] = start..<valueEnd(field, from: start, line)
                open = field.isFreeText ? field : nil
                break
            }
            space = line.firstIndex(of: 0x20, from: space + 1)
        }
        return places
    }

    /// Returns the end of a value; spaces before a word belong to it, because `[eventlistener: x]` makes the pool ` x`.
    private static func valueEnd(_ field: Field, from start: Int, _ line: borrowing Span<UInt8>) -> Int {
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
    /// Returns whether there is a marker at an index.
    ///
    /// It begins with a space, which may be missing at -1.
    fileprivate func hasMarker(_ marker: StaticString, at index: Int) -> Bool {
        // The caller has found the space.
        marker.withUTF8Buffer { holds(UnsafeBufferPointer(rebasing: $0.dropFirst()), at: index + 1) }
    }

    /// Returns the index of the first occurrence of a marker.
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
