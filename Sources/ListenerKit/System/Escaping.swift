extension [UInt8] {
    /// Appends text with its control characters escaped as in JSON strings (`\n`, `\u001b`), so that no text can forge a line.
    ///
    /// The controls of C0 and C1, DEL, and the line and paragraph separators are escaped, and nothing else.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - quoting: Whether `"` and `\` are escaped too, as within quotation marks.
    package mutating func append(escaping text: String, quoting: Bool = false) {
        // Hardly any text has to be escaped, and bytes in a row are looked at more quickly than those of a string.
        let start = count
        append(text: text)
        guard needsEscaping(from: start, quoting: quoting) else {
            return
        }
        removeSubrange(start...)
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x0A: append("\\n")
            case 0x0D: append("\\r")
            case 0x09: append("\\t")
            case 0x22 where quoting, 0x5C where quoting:
                append(UInt8(ascii: "\\"))
                append(UInt8(truncatingIfNeeded: scalar.value))
            case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029: append(hexadecimal: scalar)
            default: append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [])
            }
        }
    }

    private func needsEscaping(from start: Int, quoting: Bool) -> Bool {
        for index in start..<count {
            switch self[index] {
            case 0..<0x20, 0x7F, 0xC2, 0xE2: return true
            case 0x22, 0x5C: if quoting { return true }
            default: break
            }
        }
        return false
    }

    private mutating func append(hexadecimal scalar: Unicode.Scalar) {
        let digits = String(scalar.value, radix: 16)
        append("\\u")
        append(contentsOf: repeatElement(UInt8(ascii: "0"), count: Swift.max(0, 4 - digits.utf8.count)))
        append(contentsOf: digits.utf8)
    }
}
