/// A payload whose header has been read, and the part of it whose scalars have been counted.
struct PendingPayload {
    let header: EventHeader
    private var scalarsMissing: Int
    private var counted: Int

    /// Begins to count a payload.
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

    /// Adjusts to bytes that were moved within the buffer.
    mutating func move(by distance: Int) {
        counted += distance
    }

    /// Returns the index after the payload's last byte; `nil` if more input is needed.
    mutating func end(in buffer: borrowing Span<UInt8>) -> Int? {
        while scalarsMissing > 0 {
            // No scalar is shorter than a byte, so the end is at least so many bytes away.
            let end = min(counted + scalarsMissing, buffer.count)
            guard counted < end else {
                return nil
            }
            scalarsMissing -= Self.scalars(beginningIn: buffer.extracting(counted..<end))
            counted = end
        }
        return endOfLastScalar(in: buffer)
    }

    /// Returns the index after the continuation bytes of the last scalar; `nil` if some are missing.
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
        // The compiler looks at sixteen bytes at a time here; to count takes it much longer.
        var bits: UInt8 = 0
        for index in bytes.indices {
            bits |= bytes[index]
        }
        guard bits >= 0x80 else {
            return bytes.count
        }
        var count = 0
        // Continuation bytes, 0x80 to 0xBF, are the lowest signed numbers.
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
