import ListenerKit
import Testing

@Suite struct XMLRPCReplyTests {
    private func value(_ xml: String) throws -> XMLRPCValue {
        try readReply(Array(Replies.document(xml).utf8)).get()
    }

    @Test(
        arguments: [
            ("<int>7</int>", XMLRPCValue.int(7)),
            ("<i4>-7</i4>", -7),
            ("<i8>4294967296</i8>", 4_294_967_296),
            ("<int> 7\n</int>", 7),
            ("\n <int>7</int>\n ", 7),
            ("<boolean>1</boolean>", true),
            ("<boolean>0</boolean>", false),
            ("<double>-1.5</double>", -1.5),
            ("<string>text</string>", "text"),
            ("<string/>", ""),
            ("<string></string>", ""),
            ("bare text ", "bare text "),
            ("", ""),
            ("<nil/>", ""),
            ("<dateTime.iso8601>20261121T07:54:03</dateTime.iso8601>", "20261121T07:54:03"),
            ("<array><data/></array>", []),
            ("<array><data></data></array>", []),
            ("<array><data><value>a</value>\n<value><int>1</int></value></data></array>", ["a", 1]),
            ("<struct/>", [:]),
            ("<struct></struct>", [:]),
            ("<struct><member><name>a&lt;</name><value><int>1</int></value></member></struct>", ["a<": 1]),
            ("<string note='x'>a<!-- > no -->b</string>", "ab"),
        ] as [(String, XMLRPCValue)]
    )
    func everyTypeIsRead(xml: String, expected: XMLRPCValue) throws {
        #expect(try value(xml) == expected)
    }

    @Test(arguments: [
        ("&amp;&lt;&gt;&quot;&apos;", "&<>\"'"),
        ("&#10;&#13;&#x1F600;&#X41;", "\n\r😀A"),
        ("a & b", "a & b"),
        ("&", "&"),
        ("&;", "&;"),
        ("&nope;", "&nope;"),
        ("&#xD800;&#1114112;&#x;", "&#xD800;&#1114112;&#x;"),
        ("&amp;lt;", "&lt;"),
        ("&aaaaaaaaaaaaaaaaaaaaaaaaa;&lt;", "&aaaaaaaaaaaaaaaaaaaaaaaaa;<"),
        ("\u{1B}[31m\u{1}\u{0}", "\u{1B}[31m\u{1}\u{0}"),
        ("a\r\nb\rc\t\n", "a\r\nb\rc\t\n"),
        ("e\u{301}\u{200D}ü😀", "e\u{301}\u{200D}ü😀"),
    ])
    func textIsTakenAsItComes(xml: String, expected: String) throws {
        #expect(try value("<string>\(xml)</string>") == .string(expected))
        #expect(try value(xml) == .string(expected))
    }

    @Test func invalidUTF8IsReplaced() throws {
        var bytes = Array(Replies.document("<string>a?b</string>").utf8)
        let position = try #require(bytes.lastIndex(of: UInt8(ascii: "?")))
        bytes[position] = 0xFF
        #expect(try readReply(bytes) == .success("a\u{FFFD}b"))
    }

    @Test func aFaultIsRead() throws {
        let bytes = Array(Replies.fault(10, "BAD_NAME: z&lt;").utf8)
        #expect(try readReply(bytes) == .failure(Fault(code: 10, message: "BAD_NAME: z<")))
    }

    @Test func theDeclarationMayBeMissing() throws {
        let document = Replies.document("<int>1</int>").drop { $0 != ">" }.dropFirst()
        #expect(try readReply(Array(document.utf8)) == .success(1))
    }

    @Test(arguments: [
        "<int></int>", "<int>x</int>", "<int>99999999999999999999</int>", "<int>1</string>", "<boolean>2</boolean>",
        "<double>x</double>", "<string>a<b>c</b></string>", "<array><value>1</value></array>",
        "<array><data><int>1</int></data></array>", "<array><data></array></data>", "<struct><value/></struct>",
        "<struct><member><value/></member></struct>", "<struct><member><name>a</name></member></struct>",
        "<struct>text</struct>", "<int>1</int><int>2</int>", "<>", "</>", "</value></value>",
    ])
    func invalidValuesAreRejected(xml: String) {
        #expect(throws: XMLRPCError.self) { try readReply(Array(Replies.document(xml).utf8)) }
    }

    @Test(arguments: [
        "", " ", "rubbish", "<", "<a", "<!--", "<?xml", "<html><body>Not found</body></html>", "<methodResponse>",
        "<methodResponse></methodResponse>", "<methodResponse><params></params></methodResponse>",
        "<methodResponse><other/></methodResponse>", "x<methodResponse>",
    ])
    func invalidRepliesAreRejected(document: String) {
        #expect(throws: XMLRPCError.self) { try readReply(Array(document.utf8)) }
    }
}
