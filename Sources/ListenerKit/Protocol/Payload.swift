/// The bytes after a header, and how they are read.
struct Payload {
    let bytes: ArraySlice<UInt8>

    /// Finds the values of a payload, or of its first line.
    ///
    /// - Parameters:
    ///   - fields: The fields, in supervisord's order.
    ///   - end: The index at which their line ends; `nil` where there is nothing but fields.
    /// - Returns: Those that are there.
    func fields(_ fields: [Field], upTo end: Int? = nil) -> Fields {
        Fields(fields, in: bytes[..<(end ?? bytes.endIndex)])
    }

    /// The index at which the line of fields ends that goes before free text.
    ///
    /// Names may hold newlines, so that is the first newline after the line's last field, where that is there.
    ///
    /// - Parameter field: The last field of the line.
    /// - Returns: The index of the newline.
    /// - Throws: ``PayloadError`` where there is none.
    func endOfLine(with field: Field) throws(PayloadError) -> Int {
        let marker = field.marker.withUTF8Buffer { bytes.firstOccurrence(of: $0) } ?? bytes.startIndex
        guard let end = bytes[marker...].firstIndex(of: UInt8(ascii: "\n")) else {
            throw .missing("newline")
        }
        return end
    }

    /// The text after the end of a line.
    func text(after end: Int) -> String {
        String(decoding: bytes[(end + 1)...], as: UTF8.self)
    }

    /// The whole payload as text.
    var text: String {
        String(decoding: bytes, as: UTF8.self)
    }
}
