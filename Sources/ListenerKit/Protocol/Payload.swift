/// The bytes after a header.
struct Payload {
    let bytes: ArraySlice<UInt8>

    /// Searches for fields in the payload, or in its first line.
    ///
    /// - Parameters:
    ///   - fields: The fields, in supervisord's order.
    ///   - end: The index at which their line ends; `nil` if there is only that line.
    /// - Returns: The fields that were found.
    func fields(_ fields: [Field], upTo end: Int? = nil) -> Fields {
        Fields(fields, in: bytes[..<(end ?? bytes.endIndex)])
    }

    /// Returns the end of the line of fields that precedes free text.
    ///
    /// Names may contain newlines, so this is the first newline after the last field of the line, if that field is found.
    ///
    /// - Parameter field: The last field of the line.
    /// - Returns: The index of the newline.
    /// - Throws: ``PayloadError`` if there is none.
    func endOfLine(with field: Field) throws(PayloadError) -> Int {
        let marker = field.marker.withUTF8Buffer { bytes.firstOccurrence(of: $0) } ?? bytes.startIndex
        guard let end = bytes[marker...].firstIndex(of: UInt8(ascii: "\n")) else {
            throw .missing("newline")
        }
        return end
    }

    /// Returns the text after the end of a line.
    func text(after end: Int) -> String {
        String(decoding: bytes[(end + 1)...], as: UTF8.self)
    }

    /// The whole payload as text.
    var text: String {
        String(decoding: bytes, as: UTF8.self)
    }
}
