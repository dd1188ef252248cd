import Testing

@testable import ListenerKit

@Suite struct PayloadTests {
    private static func payload(_ text: String) -> Payload {
        Payload(bytes: Array(text.utf8))
    }

    @Test(arguments: ["", "x", "\n", "a\nb\n", "pid:3 channel:stdout\n"])
    func dataIsWhatFollowsTheLineOfFields(data: String) throws {
        let (fields, found) = try Self.payload("pid:7 channel:stderr\n\(data)").fieldsAndData([.pid, .channel])
        #expect(try fields.number(.pid) == 7)
        #expect(try fields.text(.channel) == "stderr")
        #expect(found == data)
    }

    @Test func namesMayHoldNewlines() throws {
        let payload = Self.payload("processname:x\ny\tz groupname:n\nl pid:1\ndata\n")
        let (fields, data) = try payload.fieldsAndData([.process, .group, .pid])
        #expect(try fields.text(.process) == "x\ny\tz")
        #expect(try fields.text(.group) == "n\nl")
        #expect(data == "data\n")
    }

    @Test(arguments: ["", "processname:a groupname:b pid:1"])
    func aPayloadWithoutItsNewlineIsDamaged(text: String) {
        #expect(throws: PayloadError.missing("newline")) {
            try Self.payload(text).fieldsAndData([.process, .group, .pid])
        }
    }

    @Test func whatIsNotUTF8IsRepairedInText() {
        #expect(Payload(bytes: [0x61, 0xFF]).text == "a\u{FFFD}")
    }
}
