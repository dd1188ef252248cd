/// The parts that all headers of a pool have in common: they differ only in two numbers, the event, and the length.
///
/// To compare a header with the one before takes a third of the time that it takes to search for its keys.
struct HeaderTemplate {
    /// The text before the first number: `ver:3.0 server:supervisor serial:`.
    private let beforeSerial: [UInt8]
    /// The text between the two numbers: ` pool:listener poolserial:`.
    private let beforePoolSerial: [UInt8]
    private let origin: EventOrigin

    /// Copies the common parts of a header that has been read.
    ///
    /// - Parameters:
    ///   - line: The header.
    ///   - serial: The position of its first number.
    ///   - poolSerial: The position of its second number.
    ///   - origin: Where its event comes from.
    init(_ line: ArraySlice<UInt8>, serial: Range<Int>, poolSerial: Range<Int>, _ origin: EventOrigin) {
        beforeSerial = Array(line[..<serial.lowerBound])
        beforePoolSerial = Array(line[serial.upperBound..<poolSerial.lowerBound])
        self.origin = origin
    }

    /// Reads a header that has the common parts.
    ///
    /// - Parameters:
    ///   - bytes: The input.
    ///   - start: Where the header begins.
    ///   - time: When the input was received.
    /// - Returns: The event, the length of its payload, and the index after the header's newline; `nil` if it differs, or is not
    ///   complete.
    func read(
        _ bytes: Span<UInt8>,
        from start: Int,
        receivedAt time: Timestamp
    ) -> (event: EventHeader, length: Int, end: Int)? {
        var next = start
        guard Self.skip(beforeSerial, bytes, &next), let serial = bytes.skipNumber(&next),
            Self.skip(beforePoolSerial, bytes, &next), let poolSerial = bytes.skipNumber(&next),
            bytes.skip(" eventname:", &next), let kind = Self.kind(bytes, &next),
            bytes.skip(" len:", &next), let length = bytes.skipNumber(&next),
            bytes.skip("\n", &next), length <= MessageParser.longestPayload
        else {
            return nil
        }
        let event = EventHeader(
            name: kind.rawValue,
            kind: kind,
            origin: origin,
            serial: serial,
            poolSerial: poolSerial,
            time: time
        )
        return (event, length, next)
    }

    private static func skip(_ part: [UInt8], _ bytes: Span<UInt8>, _ index: inout Int) -> Bool {
        guard bytes.holds(part.span, at: index) else {
            return false
        }
        index += part.count
        return true
    }

    private static func kind(_ bytes: Span<UInt8>, _ index: inout Int) -> EventKind? {
        let start = index
        index = bytes.firstIndex(of: 0x20, from: start)
        return EventKind(bytes.extracting(start..<index))
    }
}
