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

    @Test func textIsAppended() {
        var bytes = Array("a: ".utf8)
        bytes.append(escaping: "b\n")
        #expect(bytes == Array("a: b\\n".utf8))
    }
}
