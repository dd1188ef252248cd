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

    /// Appends bytes with control characters escaped, and what is not UTF-8 as `\xff`.
    ///
    /// Copies runs of bytes that need no escaping as a whole: copying single characters costs ten times as much, and output of
    /// programs nearly always has a newline in it.
    package mutating func append(escaping bytes: UnsafeBufferPointer<UInt8>, quoting: Bool = false) {
        var run = 0
        var index = 0
        while index < bytes.count {
            index = bytes.firstSuspect(from: index, quoting: quoting)
            guard index < bytes.count else {
                break
            }
            let length = length(ofCharacterIn: bytes, at: index)
            let character = bytes[index..<index + Swift.max(length, 1)]
            if length == 0 || mustBeEscaped(character, quoting: quoting) {
                append(contentsOf: bytes[run..<index])
                append(escaped: character, isCharacter: length > 0, quoting: quoting)
                run = character.endIndex
            }
            index = character.endIndex
        }
        append(contentsOf: bytes[run...])
    }

    private mutating func append(escaped bytes: Slice<UnsafeBufferPointer<UInt8>>, isCharacter: Bool, quoting: Bool) {
        switch (bytes.first ?? 0, isCharacter) {
        case (UInt8(ascii: "\n"), _): append("\\n")
        case (UInt8(ascii: "\r"), _): append("\\r")
        case (UInt8(ascii: "\t"), _): append("\\t")
        case (UInt8(ascii: "\""), _): append("\\\"")
        case (UInt8(ascii: "\\"), _): append("\\\\")
        case (let byte, false):
            append(quoting ? "\\\\x" : "\\x")
            append(contentsOf: String(byte, radix: 16).utf8)
        case (_, true): append(hexadecimal: scalar(bytes))
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

extension UnsafeBufferPointer<UInt8> {
    /// Returns the index of the first byte that may need escaping, at or after a start; `count` if there is none.
    ///
    /// It looks at eight bytes at a time, as "Bit Twiddling Hacks" has it: the lowest bit that is set tells the first such byte.
    fileprivate func firstSuspect(from start: Int, quoting: Bool) -> Int {
        var index = start
        while index + 8 <= count {
            let bytesHere = UnsafeRawBufferPointer(self).loadUnaligned(fromByteOffset: index, as: UInt64.self)
            let word = UInt64(littleEndian: bytesHere)
            // Not ASCII, or below 0x20, or DEL.
            var suspects = word | (word &- 0x2020_2020_2020_2020) & ~word | bytes(of: word, equalTo: 0x7F)
            if quoting {
                suspects |= bytes(of: word, equalTo: UInt8(ascii: "\"")) | bytes(of: word, equalTo: UInt8(ascii: "\\"))
            }
            suspects &= 0x8080_8080_8080_8080
            if suspects != 0 {
                return index + suspects.trailingZeroBitCount / 8
            }
            index += 8
        }
        while index < count, !mayNeedEscaping(self[index], quoting: quoting) {
            index += 1
        }
        return index
    }
}

/// Returns a word with the highest bit set in each byte that is equal to a value, and perhaps in bytes above the lowest of these.
private func bytes(of word: UInt64, equalTo value: UInt8) -> UInt64 {
    let difference = word ^ (UInt64(value) &* 0x0101_0101_0101_0101)
    return (difference &- 0x0101_0101_0101_0101) & ~difference
}

/// Returns whether a character may need escaping, judging by the first byte of it in UTF-8.
private func mayNeedEscaping(_ byte: UInt8, quoting: Bool) -> Bool {
    byte < 0x20 || byte >= 0x7F || quoting && (byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\"))
}

/// Returns whether a character whose first byte ``mayNeedEscaping(_:quoting:)`` must be escaped.
private func mustBeEscaped(_ character: Slice<UnsafeBufferPointer<UInt8>>, quoting: Bool) -> Bool {
    switch character.first ?? 0 {
    case 0..<0x80: true
    // All that must be escaped begins with one of these.
    case 0xC2, 0xD8, 0xE2: scalar(character).mustBeEscaped
    default: false
    }
}

/// Returns the length in UTF-8 of the character at an index; 0 if there is none (table 3-7 of the Unicode Standard).
private func length(ofCharacterIn bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    let (length, second): (Int, ClosedRange<UInt8>) =
        switch bytes[index] {
        case 0..<0x80: (1, 0x80...0xBF)
        case 0xC2...0xDF: (2, 0x80...0xBF)
        case 0xE0: (3, 0xA0...0xBF)
        case 0xED: (3, 0x80...0x9F)
        case 0xE1...0xEF: (3, 0x80...0xBF)
        case 0xF0: (4, 0x90...0xBF)
        case 0xF1...0xF3: (4, 0x80...0xBF)
        case 0xF4: (4, 0x80...0x8F)
        default: (0, 0x80...0xBF)
        }
    guard length > 1 else {
        return length
    }
    guard index + length <= bytes.count, second.contains(bytes[index + 1]),
        bytes[index + 2..<index + Swift.max(length, 2)].allSatisfy({ $0 & 0xC0 == 0x80 })
    else {
        return 0
    }
    return length
}

/// Returns the scalar of a character of up to three bytes.
private func scalar(_ character: Slice<UnsafeBufferPointer<UInt8>>) -> Unicode.Scalar {
    let mask: UInt8 = character.count == 1 ? 0x7F : character.count == 2 ? 0x1F : 0x0F
    let lead = UInt32((character.first ?? 0) & mask)
    let value = character.dropFirst().reduce(lead) { $0 << 6 | UInt32($1 & 0x3F) }
    return Unicode.Scalar(value) ?? "\u{FFFD}"
}
