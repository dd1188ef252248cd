/// Splits by bytes: whole characters are many times slower, and no key needs them.
extension String {
    /// The parts between spaces, tabs and newlines.
    var words: [Substring] {
        utf8.split { $0 == 0x20 || 0x09...0x0D ~= $0 }.map { Substring($0) }
    }
}

extension Substring {
    /// Returns the parts between separators, empty ones too.
    func parts(separatedBy separator: Unicode.Scalar) -> [Substring] {
        let separator = UInt8(truncatingIfNeeded: separator.value)
        return utf8.split(separator: separator, omittingEmptySubsequences: false).map { Substring($0) }
    }

    /// Returns whether this is a word, which is given in lower case, in upper or lower case.
    func isWord(_ word: String) -> Bool {
        utf8.count == word.utf8.count && zip(utf8, word.utf8).allSatisfy { $0 | 0x20 == $1 }
    }
}
