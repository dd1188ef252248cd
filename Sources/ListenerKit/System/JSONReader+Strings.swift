extension JSONReader {
    /// Reads a string, whose quotation mark comes next.
    mutating func string() throws(JSONError) -> String {
        position += 1
        let start = position
        try skipPlainText()
        guard next != UInt8(ascii: "\"") else {
            // Most strings have nothing escaped, and are copied once.
            return try text(bytes[start..<position], from: start)
        }
        var unescaped = Array(bytes[start..<position])
        while next != UInt8(ascii: "\"") {
            position += 1
            try appendEscaped(to: &unescaped)
            let run = position
            try skipPlainText()
            unescaped.append(contentsOf: bytes[run..<position])
        }
        return try text(unescaped[...], from: start)
    }

    /// Returns the content of a string, and skips the quotation mark that ends it.
    private mutating func text(_ content: ArraySlice<UInt8>, from start: Int) throws(JSONError) -> String {
        guard let text = String(validating: content, as: UTF8.self) else {
            throw JSONError(fault: .notText, offset: start - bytes.startIndex)
        }
        position += 1
        return text
    }

    /// Skips to the next quotation mark or backslash.
    private mutating func skipPlainText() throws(JSONError) {
        let rest = bytes[position...]
        position =
            rest.firstIndex { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") || $0 < 0x20 } ?? rest.endIndex
        guard let next, next >= 0x20 else {
            throw error(.controlCharacter)
        }
    }

    /// Reads what follows a backslash.
    private mutating func appendEscaped(to text: inout [UInt8]) throws(JSONError) {
        let character: UInt8
        switch next {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): character = bytes[position]
        case UInt8(ascii: "b"): character = 0x08
        case UInt8(ascii: "f"): character = 0x0C
        case UInt8(ascii: "n"): character = 0x0A
        case UInt8(ascii: "r"): character = 0x0D
        case UInt8(ascii: "t"): character = 0x09
        case UInt8(ascii: "u"):
            position += 1
            text.append(contentsOf: String(try escapedScalar()).utf8)
            return
        default: throw error(.unknownEscape)
        }
        position += 1
        text.append(character)
    }

    /// Reads the four digits of an escaped character, and the second half of a surrogate pair if they are the first.
    private mutating func escapedScalar() throws(JSONError) -> Unicode.Scalar {
        let unit = try hexadecimal()
        guard UTF16.isLeadSurrogate(unit) else {
            return Unicode.Scalar(unit) ?? "\u{FFFD}"
        }
        let end = position
        if bytes[position...].starts(with: "\\u".utf8) {
            position += 2
            let second = try hexadecimal()
            if UTF16.isTrailSurrogate(second) {
                let value = 0x10000 + (UInt32(unit & 0x3FF) << 10 | UInt32(second & 0x3FF))
                return Unicode.Scalar(value) ?? "\u{FFFD}"
            }
        }
        // What follows is a character of its own.
        position = end
        return "\u{FFFD}"
    }

    private mutating func hexadecimal() throws(JSONError) -> UTF16.CodeUnit {
        var unit: UTF16.CodeUnit = 0
        for _ in 0..<4 {
            guard let digit = next.flatMap({ Character(Unicode.Scalar($0)).hexDigitValue }) else {
                throw error(.unknownEscape)
            }
            unit = unit << 4 | UTF16.CodeUnit(digit)
            position += 1
        }
        return unit
    }
}
