// Reading from left to right, where what is read stands in supervisord's own order; see ``Fields`` for what does not.
extension Span<UInt8> {
    /// Passes some text, if it stands at an index.
    ///
    /// - Returns: Whether it does.
    func skip(_ text: StaticString, _ index: inout Int) -> Bool {
        guard text.withUTF8Buffer({ holds($0, at: index) }) else {
            return false
        }
        index += text.utf8CodeUnitCount
        return true
    }

    /// Passes everything up to some text that begins with a space, and that text too.
    ///
    /// - Returns: Where what stands before the text is; `nil` if the text does not follow.
    func skip(to text: StaticString, _ index: inout Int) -> Range<Int>? {
        let start = index
        var space = firstIndex(of: 0x20, from: index)
        while space < count {
            index = space
            if skip(text, &index) {
                return start..<space
            }
            space = firstIndex(of: 0x20, from: space + 1)
        }
        return nil
    }

    /// Passes a number without a sign.
    ///
    /// - Returns: The number; `nil` if there is none, or so large a one that it may not fit.
    func skipNumber(_ index: inout Int) -> Int? {
        let start = index
        var value = 0
        while index < count, case let digit = self[index] &- 0x30, digit < 10 {
            value = value &* 10 &+ Int(digit)
            index += 1
        }
        // So many digits always fit.
        return (1...18).contains(index - start) ? value : nil
    }

    /// Returns a part as text.
    func text(in range: Range<Int>) -> String {
        withUnsafeBufferPointer { String(decoding: $0[range], as: UTF8.self) }
    }
}
