// Reads text from left to right that is in supervisord's own order; ``Fields`` reads any other.
extension Span<UInt8> {
    /// Moves an index behind some text, if that is there.
    ///
    /// - Returns: Whether it is.
    func skip(_ text: StaticString, _ index: inout Int) -> Bool {
        guard text.withUTF8Buffer({ holds($0, at: index) }) else {
            return false
        }
        index += text.utf8CodeUnitCount
        return true
    }

    /// Moves an index behind the next occurrence of some text, which begins with a space.
    ///
    /// - Returns: The range before the text; `nil` if there is none.
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

    /// Moves an index behind a number without a sign.
    ///
    /// - Returns: The number; `nil` if there is none, or it may be too large.
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

    /// Returns the text in a range.
    func text(in range: Range<Int>) -> String {
        withUnsafeBufferPointer { String(decoding: $0[range], as: UTF8.self) }
    }
}
