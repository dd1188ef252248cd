/// A line of a file, without its comment.
struct INILine {
    /// The text without the white space at both ends.
    let text: Range<Int>
    /// The number of white space characters at the beginning of the line.
    let indentation: Int
    /// Whether the line is empty, without even a comment.
    let isBlank: Bool

    private static let semicolon = UInt8(ascii: ";")
    private static let hash = UInt8(ascii: "#")

    /// Parses a line, given without its line ending.
    init(_ line: Range<Int>, of bytes: [UInt8]) {
        var start = line.lowerBound
        var indentation = 0
        while start < line.upperBound {
            let length = PythonWhitespace.length(at: start, before: line.upperBound, in: bytes)
            guard length > 0 else {
                break
            }
            start += length
            indentation += 1
        }
        self.indentation = indentation
        isBlank = start == line.upperBound
        if isBlank || bytes[start] == Self.semicolon || bytes[start] == Self.hash {
            text = start..<start
            return
        }
        let end = Self.startOfInlineComment(in: start..<line.upperBound, of: bytes) ?? line.upperBound
        text = PythonWhitespace.trimming(start..<end, of: bytes)
    }

    /// Returns the index of a `;` or `#` after white space, where a comment begins.
    ///
    /// Python checks the first of each sign, then the second of each, and so on, until one of such a pair follows white space.
    /// So the comment of `a#b #c ;d` is `;d`.
    private static func startOfInlineComment(in line: Range<Int>, of bytes: [UInt8]) -> Int? {
        guard bytes[line].contains(where: { $0 == semicolon || $0 == hash }) else {
            return nil
        }
        var nextSemicolon = index(of: semicolon, in: line, of: bytes)
        var nextHash = index(of: hash, in: line, of: bytes)
        while nextSemicolon != nil || nextHash != nil {
            let starts = [nextSemicolon, nextHash].compactMap { $0 }.filter { sign in
                PythonWhitespace.length(endingAt: sign, after: line.lowerBound, in: bytes) > 0
            }
            if let start = starts.min() {
                return start
            }
            nextSemicolon = nextSemicolon.flatMap { index(of: semicolon, in: $0 + 1..<line.upperBound, of: bytes) }
            nextHash = nextHash.flatMap { index(of: hash, in: $0 + 1..<line.upperBound, of: bytes) }
        }
        return nil
    }

    private static func index(of byte: UInt8, in range: Range<Int>, of bytes: [UInt8]) -> Int? {
        bytes[range].firstIndex(of: byte)
    }
}
