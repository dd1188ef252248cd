import ListenerKit
import Testing

@Suite struct XMLRPCRequestTests {
    private func encoded(_ value: XMLRPCValue) throws -> String {
        let text = String(decoding: try XMLRPCRequest("m", [value]).bytes, as: UTF8.self)
        let start = "<?xml version='1.0'?>\n<methodCall>\n<methodName>m</methodName>\n<params>\n<param>\n<value>"
        let end = "</value>\n</param>\n</params>\n</methodCall>\n"
        #expect(text.hasPrefix(start) && text.hasSuffix(end))
        return String(text.dropFirst(start.count).dropLast(end.count))
    }

    @Test func aCallHasItsNameAndItsParameters() throws {
        let bytes = try XMLRPCRequest("supervisor.startProcess", ["off", false]).bytes
        let expected = """
            <?xml version='1.0'?>
            <methodCall>
            <methodName>supervisor.startProcess</methodName>
            <params>
            <param>
            <value><string>off</string></value>
            </param>
            <param>
            <value><boolean>0</boolean></value>
            </param>
            </params>
            </methodCall>

            """
        #expect(String(decoding: bytes, as: UTF8.self) == expected)
    }

    @Test(
        arguments: [
            (XMLRPCValue.int(-7), "<int>-7</int>"),
            (true, "<boolean>1</boolean>"),
            (1.5, "<double>1.5</double>"),
            ("", "<string></string>"),
            ("<a & \"b\">", "<string>&lt;a &amp; \"b\"&gt;</string>"),
            ("ü😀", "<string>ü😀</string>"),
            ("\t\n", "<string>\t\n</string>"),
            ("a\r\nb", "<string>a&#13;\nb</string>"),
            ([], "<array><data>\n</data></array>"),
            (
                [1, "x"],
                "<array><data>\n<value><int>1</int></value>\n<value><string>x</string></value>\n</data></array>"
            ),
            (
                ["b": 1, "<": "x"],
                """
                <struct>
                <member>
                <name>&lt;</name>
                <value><string>x</string></value>
                </member>
                <member>
                <name>b</name>
                <value><int>1</int></value>
                </member>
                </struct>
                """
            ),
        ] as [(XMLRPCValue, String)]
    )
    func everyTypeIsWritten(value: XMLRPCValue, xml: String) throws {
        #expect(try encoded(value) == xml)
    }

    @Test(
        arguments: ["\u{0}", "\u{1}", "\u{8}", "\u{B}", "\u{1B}", "\u{1F}", "\u{FFFE}", "\u{FFFF}"] as [Unicode.Scalar]
    )
    func charactersThatXmlForbidsAreRefused(scalar: Unicode.Scalar) {
        let calls: [(String, XMLRPCValue)] = [
            ("m", .string("a\(scalar)b")), ("m\(scalar)", ""), ("m", ["a": [["x\(scalar)": 1]]]),
        ]
        for (method, parameter) in calls {
            let error = #expect(throws: XMLRPCRequest.ForbiddenCharacter.self) {
                try XMLRPCRequest(method, [parameter])
            }
            #expect(error?.scalar == scalar)
        }
    }
}
