extension [UInt8] {
    /// Creates the bytes that a program has written, from the text that supervisord sends in their place.
    ///
    /// Bytes that are not UTF-8, such as those of a chunk that ends in the middle of a character, are sent as Python writes them
    /// (`Undecodable: %r` in supervisor's events.py). A text of that form whose bytes are UTF-8 was written by the program itself.
    init(programOutput data: String) {
        self = Self.undecodable(data) ?? Array(data.utf8)
    }

    private static func undecodable(_ data: String) -> [UInt8]? {
        let text = data.utf8Span.span
        var start = 0
        guard text.skip("Undecodable: b", &start), start + 1 < text.count else {
            return nil
        }
        let quote = text[start]
        guard quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\""), text[text.count - 1] == quote,
            let bytes = unescape(text.extracting(start + 1..<text.count - 1), quote: quote),
            (try? UTF8Span(validating: bytes.span)) == nil
        else {
            return nil
        }
        return bytes
    }

    /// Undoes what `bytes.__repr__` does; nil if it does not write text like this.
    ///
    /// It escapes the backslash, the quote around the text, tab, newline and carriage return by a letter, and all that is not
    /// printable ASCII by `\x` and two lowercase digits (`PyBytes_Repr` in bytesobject.c).
    private static func unescape(_ text: Span<UInt8>, quote: UInt8) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            let byte = text[index]
            index += 1
            guard byte == UInt8(ascii: "\\") else {
                guard byte != quote, (0x20...0x7E).contains(byte) else {
                    return nil
                }
                bytes.append(byte)
                continue
            }
            guard let escaped = skipEscape(in: text, &index, quote: quote) else {
                return nil
            }
            bytes.append(escaped)
        }
        return bytes
    }

    /// Moves an index behind what follows a backslash, and returns the byte that it stands for.
    private static func skipEscape(in text: Span<UInt8>, _ index: inout Int, quote: UInt8) -> UInt8? {
        guard index < text.count else {
            return nil
        }
        let letter = text[index]
        index += 1
        switch letter {
        case UInt8(ascii: "\\"), quote: return letter
        case UInt8(ascii: "t"): return UInt8(ascii: "\t")
        case UInt8(ascii: "n"): return UInt8(ascii: "\n")
        case UInt8(ascii: "r"): return UInt8(ascii: "\r")
        case UInt8(ascii: "x"):
            guard index + 1 < text.count, let high = hexadecimalDigit(text[index]),
                let low = hexadecimalDigit(text[index + 1])
            else {
                return nil
            }
            index += 2
            return high << 4 | low
        default: return nil
        }
    }

    private static func hexadecimalDigit(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
