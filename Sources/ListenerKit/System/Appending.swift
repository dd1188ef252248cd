// A line is put together for each event; interpolation and strings in between would cost several times as much.
extension [UInt8] {
    /// Appends text that stands in the program.
    package mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { append(contentsOf: $0) }
    }

    /// Appends text as it is.
    package mutating func append(text: String) {
        var text = text
        text.withUTF8 { append(contentsOf: $0) }
    }

    /// Appends a whole number.
    ///
    /// - Parameters:
    ///   - number: The number.
    ///   - digits: How many digits there are at least, up to 19; zeros fill up what is missing.
    package mutating func append(decimal number: Int, digits: Int = 1) {
        // Written from the last digit to the first, which is known only at the end.
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
