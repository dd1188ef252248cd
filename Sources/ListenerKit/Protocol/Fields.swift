/// The values that stand behind known keys in a line of `key:value` words.
///
/// Splitting a line at its spaces and colons would be wrong, because names may hold both; so the line is split at the
/// keys that are expected in it. They are looked for in supervisord's own order first, then in any order.
struct Fields {
    private let bytes: ArraySlice<UInt8>
    private var found: [(field: Field, value: Range<Int>)] = []

    /// Finds the values of some fields.
    ///
    /// - Parameters:
    ///   - fields: The fields in the order in which supervisord writes them.
    ///   - bytes: The line, without its newline.
    init(_ fields: [Field], in bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        found.reserveCapacity(fields.count)
        if !findInOrder(fields) {
            found.removeAll(keepingCapacity: true)
            findInAnyOrder(fields)
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
        guard let entry = found.last(where: { $0.field.marker == field.marker }) else {
            throw .missing(field.key)
        }
        return bytes[entry.value]
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

    private mutating func findInOrder(_ fields: [Field]) -> Bool {
        guard let first = fields.first, bytes.starts(with: first.marker.dropFirst()) else {
            return false
        }
        var start = bytes.startIndex + first.marker.count - 1
        for (index, field) in fields.enumerated() {
            guard index + 1 < fields.count else {
                found.append((field, start..<valueEnd(field, from: start)))
                break
            }
            guard let next = bytes[start...].firstOccurrence(of: fields[index + 1].marker) else {
                return false
            }
            found.append((field, start..<next))
            start = next + fields[index + 1].marker.count
        }
        return found.allSatisfy { $0.field.isFreeText || !bytes[$0.value].contains(0x20) }
    }

    private mutating func findInAnyOrder(_ fields: [Field]) {
        var word = bytes.startIndex
        while word < bytes.endIndex {
            let rest = bytes[word...]
            if let field = fields.first(where: { rest.starts(with: $0.marker.dropFirst()) }) {
                closeFreeText(at: word)
                let start = word + field.marker.count - 1
                found.append((field, start..<valueEnd(field, from: start)))
            }
            word = (rest.firstIndex(of: 0x20) ?? bytes.endIndex - 1) + 1
        }
    }

    /// Ends the value of the last field, where that is free text, before the word that begins at an index.
    private mutating func closeFreeText(at word: Int) {
        if let last = found.last, last.field.isFreeText {
            found[found.count - 1].value = last.value.lowerBound..<max(last.value.lowerBound, word - 1)
        }
    }

    /// The end of a value; spaces before a word belong to it, since `[eventlistener: x]` makes the pool ` x`.
    private func valueEnd(_ field: Field, from start: Int) -> Int {
        guard !field.isFreeText, let word = bytes[start...].firstIndex(where: { $0 != 0x20 }) else {
            return bytes.endIndex
        }
        return bytes[word...].firstIndex(of: 0x20) ?? bytes.endIndex
    }
}
