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
        ("\u{2027}\u{2028}\u{2029}\u{202A}", "\u{2027}\\u2028\\u2029\u{202A}"),
        ("e\u{301}\n\u{301}", "e\u{301}\\n\u{301}"),
    ])
    func controlCharactersAreEscapedAndNothingElse(text: String, escaped: String) {
        #expect(Self.escape(text) == escaped)
        #expect(Self.escape(text, quoting: true) == escaped)
    }

    @Test func quotesAndBackslashesAreEscapedWithinQuotationMarks() {
        #expect(Self.escape(#"a "b" \c"#) == #"a "b" \c"#)
        #expect(Self.escape(#"a "b" \c"#, quoting: true) == #"a \"b\" \\c"#)
    }

    @Test func textIsAppended() {
        var bytes = Array("a: ".utf8)
        bytes.append(escaping: "b\n")
        #expect(bytes == Array("a: b\\n".utf8))
    }
}
