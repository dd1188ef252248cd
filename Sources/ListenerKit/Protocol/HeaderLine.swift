/// The line before each payload: the event, and the length of the payload in characters.
struct HeaderLine {
    let event: EventHeader
    let length: Int
    /// The parts that the next header probably has in common with this one.
    private(set) var template: HeaderTemplate?

    private static let fields: [Field] = [.version, .server, .serial, .pool, .poolSerial, .eventName, .length]

    /// Reads a header, whose keys may be in any order, with unknown ones among them.
    ///
    /// - Returns: `nil` if the line is not a header, and can be ignored.
    /// - Throws: ``MessageError`` if it is a header without a valid length.
    init?(_ line: ArraySlice<UInt8>, receivedAt time: Timestamp) throws(MessageError) {
        let fields = Fields(Self.fields, in: line)
        guard let name = try? fields.value(.eventName) else {
            return nil
        }
        guard let digits = try? fields.value(.length) else {
            throw .noLength(header: String(decoding: line, as: UTF8.self))
        }
        guard let length = Int(decimal: digits), (0...MessageParser.longestPayload).contains(length) else {
            throw .badLength(
                String(decoding: digits, as: UTF8.self),
                header: String(decoding: line, as: UTF8.self)
            )
        }
        let kind = EventKind(name.span)
        let origin = EventOrigin(
            server: (try? fields.text(.server)) ?? "",
            pool: (try? fields.text(.pool)) ?? ""
        )
        self.length = length
        event = EventHeader(
            name: kind?.rawValue ?? String(decoding: name, as: UTF8.self),
            kind: kind,
            origin: origin,
            serial: (try? fields.number(.serial)) ?? EventHeader.unnumbered,
            poolSerial: (try? fields.number(.poolSerial)) ?? EventHeader.unnumbered,
            time: time
        )
        if fields.areInOrder, let serial = try? fields.value(.serial), let poolSerial = try? fields.value(.poolSerial) {
            template = HeaderTemplate(line, serial: serial.indices, poolSerial: poolSerial.indices, origin)
        }
    }
}
