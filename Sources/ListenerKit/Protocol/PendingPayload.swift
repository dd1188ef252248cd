/// A payload whose header has been read, and how much of it has been counted.
struct PendingPayload {
    let header: EventHeader
    private var scalarsMissing: Int
    private var counted: Int

    /// Awaits a payload.
    ///
    /// - Parameters:
    ///   - header: Its header.
    ///   - scalars: Its length.
    ///   - start: The index of its first byte.
    init(header: EventHeader, scalars: Int, start: Int) {
        self.header = header
        scalarsMissing = scalars
        counted = start
    }

    /// Follows the bytes, where the buffer moves them.
    mutating func move(by distance: Int) {
        counted += distance
    }

    /// The index after the payload's last byte, once it is there.
    mutating func end(in buffer: borrowing Span<UInt8>) -> Int? {
        while scalarsMissing > 0 {
            // No scalar is shorter than a byte: so many bytes can be counted in one go.
            let end = min(counted + scalarsMissing, buffer.count)
            guard counted < end else {
                return nil
            }
            scalarsMissing -= Self.scalars(beginningIn: buffer.extracting(counted..<end))
            counted = end
        }
        return endOfLastScalar(in: buffer)
    }

    /// Passes the continuation bytes of the scalar that was counted last, and waits for those still to come.
    private mutating func endOfLastScalar(in buffer: borrowing Span<UInt8>) -> Int? {
        var lead = counted - 1
        while lead >= 0, lead < buffer.count, buffer[lead] & 0xC0 == 0x80 {
            lead -= 1
        }
        guard lead >= 0, lead < buffer.count else {
            return counted
        }
        let end = lead + Self.length(ofScalarStartingWith: buffer[lead])
        while counted < end {
            guard counted < buffer.count else {
                return nil
            }
            guard buffer[counted] & 0xC0 == 0x80 else {
                break
            }
            counted += 1
        }
        return counted
    }

    private static func scalars(beginningIn bytes: Span<UInt8>) -> Int {
        var count = 0
        // Continuation bytes, 0x80 to 0xBF, are the lowest with a sign; in this shape sixteen are looked at in one go.
        for index in bytes.indices where Int8(bitPattern: bytes[index]) >= -0x40 {
            count &+= 1
        }
        return count
    }

    private static func length(ofScalarStartingWith byte: UInt8) -> Int {
        switch byte {
        case 0xC0..<0xE0: 2
        case 0xE0..<0xF0: 3
        case 0xF0...: 4
        default: 1
        }
    }
}
