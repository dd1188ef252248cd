// A line is built for each event; string interpolation would cost several times as much.
extension [UInt8] {
    /// Appends a literal.
    package mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { append(contentsOf: $0) }
    }

    /// Appends text in UTF-8.
    package mutating func append(text: String) {
        text.utf8Span.span.withUnsafeBufferPointer { append(contentsOf: $0) }
    }

    /// Appends a whole number.
    ///
    /// - Parameters:
    ///   - number: The number.
    ///   - digits: The least number of digits, up to 19; zeros are added in front.
    package mutating func append(decimal number: Int, digits: Int = 1) {
        // The last digit is known first, so the text is written from its end.
        var text = InlineArray<20, UInt8>(repeating: UInt8(ascii: "0"))
        var start = text.count
        var rest = number.magnitude
        while rest > 0 {
            start -= 1
            text[start] = UInt8(truncatingIfNeeded: 0x30 + rest % 10)
            rest /= 10
        }
        start = Swift.min(start, text.count - digits)
        if number < 0 {
            start -= 1
            text[start] = UInt8(ascii: "-")
        }
        text.span.extracting(start...).withUnsafeBufferPointer { append(contentsOf: $0) }
    }
}
