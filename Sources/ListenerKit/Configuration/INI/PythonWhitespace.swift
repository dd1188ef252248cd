/// White space in UTF-8, as Python's `str.strip` and `str.isspace` define it.
///
/// It includes a no-break space pasted from a web page, so checking single bytes is not enough.
package enum PythonWhitespace {
    /// Returns the number of bytes of the white space character that begins at an index; 0 if there is none.
    package static func length(at index: Int, before end: Int, in bytes: [UInt8]) -> Int {
        let first = bytes[index]
        guard first >= 0x80 else {
            return isWhitespace(first) ? 1 : 0
        }
        if index + 1 < end, isWhitespace(first, bytes[index + 1]) {
            return 2
        }
        if index + 2 < end, isWhitespace(first, bytes[index + 1], bytes[index + 2]) {
            return 3
        }
        return 0
    }

    /// Returns the number of bytes of the white space character that ends right before an index; 0 if there is none.
    static func length(endingAt index: Int, after start: Int, in bytes: [UInt8]) -> Int {
        guard index > start else {
            return 0
        }
        let last = bytes[index - 1]
        guard last >= 0x80 else {
            return isWhitespace(last) ? 1 : 0
        }
        if index - 2 >= start, isWhitespace(bytes[index - 2], last) {
            return 2
        }
        if index - 3 >= start, isWhitespace(bytes[index - 3], bytes[index - 2], last) {
            return 3
        }
        return 0
    }

    /// Returns a range without the white space at both ends.
    package static func trimming(_ range: Range<Int>, of bytes: [UInt8]) -> Range<Int> {
        var start = range.lowerBound
        while start < range.upperBound {
            let length = length(at: start, before: range.upperBound, in: bytes)
            guard length > 0 else {
                break
            }
            start += length
        }
        var end = range.upperBound
        while true {
            let length = length(endingAt: end, after: start, in: bytes)
            guard length > 0 else {
                return start..<end
            }
            end -= length
        }
    }

    package static func isWhitespace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte) || (0x1C...0x1F).contains(byte)
    }

    private static func isWhitespace(_ first: UInt8, _ second: UInt8) -> Bool {
        first == 0xC2 && (second == 0x85 || second == 0xA0)
    }

    private static func isWhitespace(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
        switch (first, second) {
        case (0xE1, 0x9A), (0xE3, 0x80): third == 0x80
        case (0xE2, 0x80): (0x80...0x8A).contains(third) || third == 0xA8 || third == 0xA9 || third == 0xAF
        case (0xE2, 0x81): third == 0x9F
        default: false
        }
    }
}

extension String {
    /// The text without the white space at both ends, as Python's `strip` returns it.
    package var strippedAsPython: String {
        guard let first = utf8.first, let last = utf8.last else {
            return self
        }
        if (0x21..<0x80).contains(first), (0x21..<0x80).contains(last) {
            return self
        }
        let bytes = Array(utf8)
        return String(decoding: bytes[PythonWhitespace.trimming(0..<bytes.count, of: bytes)], as: UTF8.self)
    }
}
