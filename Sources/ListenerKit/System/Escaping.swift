extension [UInt8] {
    /// Appends text with its control characters escaped as in JSON strings (`\n`, `\u001b`), so that no text can forge a line.
    ///
    /// What ``Swift/Unicode/Scalar/mustBeEscaped`` names is escaped, and nothing else.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - quoting: Whether `"` and `\` are escaped too, as within quotation marks.
    package mutating func append(escaping text: String, quoting: Bool = false) {
        var text = text
        text.withUTF8 { append(escaping: $0, quoting: quoting) }
    }

    /// Copies runs of bytes that stand for themselves as a whole: character by character costs ten times as much, and
    /// programs' output nearly always has a newline in it.
    private mutating func append(escaping bytes: UnsafeBufferPointer<UInt8>, quoting: Bool) {
        var rest = bytes[...]
        while let index = rest.firstIndex(where: { mayNeedEscaping($0, quoting: quoting) }) {
            append(contentsOf: rest[..<index])
            let character = rest[index...].prefix(encodedLength(of: rest[index]))
            append(character: character, quoting: quoting)
            rest = rest[character.endIndex...]
        }
        append(contentsOf: rest)
    }

    private mutating func append(character: Slice<UnsafeBufferPointer<UInt8>>, quoting: Bool) {
        var scalars = UTF8()
        var bytes = character.makeIterator()
        guard case .scalarValue(let scalar) = scalars.decode(&bytes) else {
            return
        }
        switch scalar {
        case "\n": append("\\n")
        case "\r": append("\\r")
        case "\t": append("\\t")
        case "\"" where quoting: append("\\\"")
        case "\\" where quoting: append("\\\\")
        default: scalar.mustBeEscaped ? append(hexadecimal: scalar) : append(contentsOf: character)
        }
    }

    private mutating func append(hexadecimal scalar: Unicode.Scalar) {
        let digits = String(scalar.value, radix: 16)
        append("\\u")
        append(contentsOf: repeatElement(UInt8(ascii: "0"), count: Swift.max(0, 4 - digits.utf8.count)))
        append(contentsOf: digits.utf8)
    }
}

extension Unicode.Scalar {
    /// Whether the character could end a line, steer a terminal, or show text in another order than it has.
    ///
    /// These are the controls of C0 and C1, DEL, the line and paragraph separators, and the marks, embeddings, overrides and
    /// isolates of the Unicode Bidirectional Algorithm (UAX #9, table 4).
    package var mustBeEscaped: Bool {
        switch value {
        case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029: true
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}

/// Whether a character that begins with a byte may have to be escaped.
private func mayNeedEscaping(_ byte: UInt8, quoting: Bool) -> Bool {
    switch byte {
    case 0..<0x20, 0x7F, 0xC2, 0xD8, 0xE2: true
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): quoting
    default: false
    }
}

/// How many bytes a character takes in UTF-8 that begins with a byte of ``mayNeedEscaping(_:quoting:)``.
private func encodedLength(of first: UInt8) -> Int {
    switch first {
    case 0xE0...: 3
    case 0x80...: 2
    default: 1
    }
}
