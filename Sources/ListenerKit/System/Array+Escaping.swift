extension [UInt8] {
    /// Appends text with control characters escaped as in JSON strings (`\n`, `\u001b`), so that no text can forge a line.
    ///
    /// Only characters that ``Swift/Unicode/Scalar/mustBeEscaped`` are escaped.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - quoting: Whether to escape `"` and `\` too, as is needed within quotation marks.
    package mutating func append(escaping text: String, quoting: Bool = false) {
        text.utf8Span.span.withUnsafeBufferPointer { append(escaping: $0, quoting: quoting) }
    }

    /// Appends text in UTF-8 with control characters escaped.
    ///
    /// Copies runs of bytes that need no escaping as a whole: copying single characters costs ten times as much, and output of
    /// programs nearly always has a newline in it.
    package mutating func append(escaping bytes: UnsafeBufferPointer<UInt8>, quoting: Bool) {
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
    /// Whether the character could end a line, control a terminal, or display text in another order than it is stored in.
    ///
    /// They are the controls of C0 and C1, DEL, the line and paragraph separators, and the marks, embeddings, overrides and
    /// isolates of the Unicode Bidirectional Algorithm (UAX #9, table 4).
    package var mustBeEscaped: Bool {
        switch value {
        case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029: true
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}

/// Returns whether a character may need escaping, judging by the first byte of it in UTF-8.
private func mayNeedEscaping(_ byte: UInt8, quoting: Bool) -> Bool {
    switch byte {
    case 0..<0x20, 0x7F, 0xC2, 0xD8, 0xE2: true
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): quoting
    default: false
    }
}

/// Returns the length in UTF-8 of a character whose first byte ``mayNeedEscaping(_:quoting:)``.
private func encodedLength(of first: UInt8) -> Int {
    switch first {
    case 0xE0...: 3
    case 0x80...: 2
    default: 1
    }
}
