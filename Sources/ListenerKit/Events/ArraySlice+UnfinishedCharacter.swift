extension ArraySlice<UInt8> {
    /// The bytes without a last character in UTF-8 of which more is to come.
    package var withoutUnfinishedCharacter: ArraySlice<UInt8> {
        // No character has more than four bytes, so at most three of an unfinished one are here.
        let tail = suffix(3)
        guard let start = tail.lastIndex(where: { $0 & 0xC0 != 0x80 }) else {
            return self
        }
        let length =
            switch self[start] {
            case 0xF0...0xF7: 4
            case 0xE0...0xEF: 3
            case 0xC0...0xDF: 2
            default: 1
            }
        return endIndex - start < length ? self[..<start] : self
    }
}
