extension [UInt8] {
    /// Appends text with its control characters escaped as in JSON strings (`\n`, `\u001b`), so that no text can forge a line.
    ///
    /// The controls of C0 and C1, DEL, and the line and paragraph separators are escaped, and nothing else.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - quoting: Whether `"` and `\` are escaped too, as within quotation marks.
    package mutating func append(escaping text: String, quoting: Bool = false) {
        let needsEscaping = text.utf8.contains { byte in
            byte < 0x20 || byte == 0x7F || byte == 0xC2 || byte == 0xE2 || quoting && (byte == 0x22 || byte == 0x5C)
        }
        guard needsEscaping else {
            append(contentsOf: text.utf8)
            return
        }
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x0A: append(contentsOf: "\\n".utf8)
            case 0x0D: append(contentsOf: "\\r".utf8)
            case 0x09: append(contentsOf: "\\t".utf8)
            case 0x22 where quoting, 0x5C where quoting:
                append(UInt8(ascii: "\\"))
                append(UInt8(truncatingIfNeeded: scalar.value))
            case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029: append(hexadecimal: scalar)
            default: append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [])
            }
        }
    }

    private mutating func append(hexadecimal scalar: Unicode.Scalar) {
        let digits = String(scalar.value, radix: 16)
        append(contentsOf: "\\u".utf8)
        append(contentsOf: repeatElement(UInt8(ascii: "0"), count: Swift.max(0, 4 - digits.utf8.count)))
        append(contentsOf: digits.utf8)
    }
}
