import Testing

@testable import ListenerKit

@Suite struct PayloadTests {
    private static func payload(_ text: String) -> Payload {
        Payload(bytes: Array(text.utf8)[...])
    }

    @Test(arguments: ["", "x", "\n", "a\nb\n", "pid:3 channel:stdout\n"])
    func dataIsWhatFollowsTheLineOfFields(data: String) throws {
        let payload = Self.payload("pid:7 channel:stderr\n\(data)")
        let end = try payload.endOfLine(with: .channel)
        let fields = payload.fields([.pid, .channel], upTo: end)
        #expect(try fields.number(.pid) == 7)
        #expect(try fields.text(.channel) == "stderr")
        #expect(payload.text(after: end) == data)
    }

    @Test func namesMayHoldNewlines() throws {
        let payload = Self.payload("processname:x\ny\tz groupname:n\nl pid:1\ndata\n")
        let end = try payload.endOfLine(with: .pid)
        let fields = payload.fields([.process, .group, .pid], upTo: end)
        #expect(try fields.text(.process) == "x\ny\tz")
        #expect(try fields.text(.group) == "n\nl")
        #expect(payload.text(after: end) == "data\n")
    }

    @Test(arguments: ["", "processname:a groupname:b pid:1"])
    func aPayloadWithoutItsNewlineIsDamaged(text: String) {
        #expect(throws: PayloadError.missing("newline")) {
            try Self.payload(text).endOfLine(with: .pid)
        }
    }

    @Test func invalidUTF8IsRepairedInText() {
        #expect(Payload(bytes: [0x61, 0xFF]).text == "a\u{FFFD}")
    }
}
