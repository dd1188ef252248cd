import Testing

@testable import ListenerKit

@Suite struct EscapingTests {
    private static func escape(_ text: String, quoting: Bool = false) -> String {
        var bytes: [UInt8] = []
        bytes.append(escaping: text, quoting: quoting)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(arguments: [
        ("", ""),
        ("plain é€😀 text", "plain é€😀 text"),
        ("a\nb\rc\td", "a\\nb\\rc\\td"),
        ("\r\n", "\\r\\n"),
        ("\u{0}\u{1}\u{1B}[31m\u{7F}", "\\u0000\\u0001\\u001b[31m\\u007f"),
        ("\u{80}\u{85}\u{9F}\u{A0}", "\\u0080\\u0085\\u009f\u{A0}"),
        ("\u{2027}\u{2028}\u{2029}\u{202F}", "\u{2027}\\u2028\\u2029\u{202F}"),
        ("\u{61B}\u{61C}\u{61D}", "\u{61B}\\u061c\u{61D}"),
        ("\u{200D}\u{200E}\u{200F}\u{2010}", "\u{200D}\\u200e\\u200f\u{2010}"),
        ("a\u{202A}b\u{202E}c", "a\\u202ab\\u202ec"),
        ("\u{2065}\u{2066}\u{2069}\u{206A}", "\u{2065}\\u2066\\u2069\u{206A}"),
        ("e\u{301}\n\u{301}", "e\u{301}\\n\u{301}"),
    ])
    func charactersThatDeceiveAreEscapedAndNothingElse(text: String, escaped: String) {
        #expect(Self.escape(text) == escaped)
        #expect(Self.escape(text, quoting: true) == escaped)
    }

    @Test func quotesAndBackslashesAreEscapedWithinQuotationMarks() {
        #expect(Self.escape(#"a "b" \c"#) == #"a "b" \c"#)
        #expect(Self.escape(#"a "b" \c"#, quoting: true) == #"a \"b\" \\c"#)
    }

    @Test func everyCharacterIsEscapedOrStandsForItself() {
        let wrong = (UInt32(0)...0xFFFF).compactMap { Unicode.Scalar($0) }.filter { scalar in
            let isEscaped = Self.escape("a\(scalar)b") != "a\(scalar)b"
            return isEscaped != scalar.mustBeEscaped
        }
        #expect(wrong.isEmpty)
    }

    @Test(
        arguments: [
            ([0xFF], "\\xff"), ([0x61, 0xC3], "a\\xc3"), ([0xC3, 0x61], "\\xc3a"), ([0x80, 0xBF], "\\x80\\xbf"),
            ([0xC0, 0xAF], "\\xc0\\xaf"), ([0xED, 0xA0, 0x80], "\\xed\\xa0\\x80"),
            ([0xE2, 0x82], "\\xe2\\x82"), ([0xE2, 0x82, 0xAC], "€"), ([0xE2, 0x80, 0x28], "\\xe2\\x80("),
            ([0xF4, 0x90, 0x80, 0x80], "\\xf4\\x90\\x80\\x80"), ([0xF0, 0x9F, 0x98, 0x80], "😀"),
            ([0xF0, 0x8F, 0xBF, 0xBF], "\\xf0\\x8f\\xbf\\xbf"), ([0xC2, 0x85, 0xFF], "\\u0085\\xff"),
            ([0x1B, 0x5B, 0x80], "\\u001b[\\x80"),
        ] as [([UInt8], String)]
    )
    func whatIsNotUTF8CanBeSeen(bytes: [UInt8], escaped: String) {
        var text: [UInt8] = []
        bytes.withUnsafeBufferPointer { text.append(escaping: $0) }
        #expect(String(decoding: text, as: UTF8.self) == escaped)
    }

    @Test func twoBytesAreCharactersOnlyIfTheStandardLibrarySaysSo() {
        let wrong = (UInt16(0x8000)...0xFFFF).filter { pair in
            let bytes = [UInt8(pair >> 8), UInt8(pair & 0xFF)]
            var text: [UInt8] = []
            bytes.withUnsafeBufferPointer { text.append(escaping: $0) }
            let isValid = (try? UTF8Span(validating: bytes.span)) != nil
            return String(decoding: text, as: UTF8.self).contains("\\x") == isValid
        }
        #expect(wrong.isEmpty)
    }

    @Test func textIsAppended() {
        var bytes = Array("a: ".utf8)
        bytes.append(escaping: "b\n")
        #expect(bytes == Array("a: b\\n".utf8))
    }
}
