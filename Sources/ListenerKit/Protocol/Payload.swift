/// The bytes after a header, and how they are read.
struct Payload {
    let bytes: [UInt8]

    /// Finds the values of a payload that has nothing but fields.
    ///
    /// - Parameter fields: The fields, in supervisord's order.
    /// - Returns: Those that are there.
    func fields(_ fields: [Field]) -> Fields {
        Fields(fields, in: bytes[...])
    }

    /// Splits a payload into its line of fields, and the text after it.
    ///
    /// Names may hold newlines, so the line ends at the first newline after its last field, where that is there.
    ///
    /// - Parameter fields: The fields of the line, in supervisord's order.
    /// - Returns: Those that are there, and the text.
    /// - Throws: ``PayloadError`` where the line does not end.
    func fieldsAndData(_ fields: [Field]) throws(PayloadError) -> (fields: Fields, data: String) {
        let last = fields.last.flatMap { bytes[...].firstOccurrence(of: $0.marker) } ?? bytes.startIndex
        guard let end = bytes[last...].firstIndex(of: UInt8(ascii: "\n")) else {
            throw .missing("newline")
        }
        return (Fields(fields, in: bytes[..<end]), String(decoding: bytes[(end + 1)...], as: UTF8.self))
    }

    /// The whole payload as text.
    var text: String {
        String(decoding: bytes, as: UTF8.self)
    }
}
