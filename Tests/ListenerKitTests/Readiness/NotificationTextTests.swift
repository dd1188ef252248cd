import Testing

@testable import ListenerKit

@Suite struct NotificationTextTests {
    typealias Assignment = ReceivedNotification.Assignment

    static let cases: [(String, [Assignment])] = [
        ("READY=1", [Assignment("READY", "1")]),
        ("READY=1\n", [Assignment("READY", "1")]),
        ("READY=1\0", [Assignment("READY", "1")]),
        (
            "READY=1\nSTATUS=two words, = and ;\n",
            [Assignment("READY", "1"), Assignment("STATUS", "two words, = and ;")]
        ),
        (
            "RELOADING=1\nMONOTONIC_USEC=1\nREADY=1",
            ["RELOADING", "MONOTONIC_USEC", "READY"].map { Assignment($0, "1") }
        ),
        ("X_UNKNOWN=a=b", [Assignment("X_UNKNOWN", "a=b")]),
        ("STATUS=", [Assignment("STATUS", "")]),
        ("STATUS= a ", [Assignment("STATUS", " a ")]),
        ("", []),
        ("\n\n", []),
        ("READY", []),
        ("=1", []),
        ("READY\n=1\n\nREADY=1", [Assignment("READY", "1")]),
        ("READY=1\r\n", [Assignment("READY", "1\\r")]),
        ("STATUS=\u{1b}[31mred\u{202e}\0end", [Assignment("STATUS", "\\u001b[31mred\\u202e\\u0000end")]),
        ("STATUS=zwölf ⏳", [Assignment("STATUS", "zwölf ⏳")]),
    ]

    @Test(arguments: cases)
    func linesWithAnEqualsSignAreAssignments(text: String, expected: [Assignment]) {
        #expect(NotificationText.assignments(Array(text.utf8)) == expected)
    }

    @Test func invalidUTF8IsRepaired() {
        let text = Array("STATUS=a".utf8) + [0xC3, 0x28, 0xFF]
        #expect(NotificationText.assignments(text) == [Assignment("STATUS", "a\u{FFFD}(\u{FFFD}")])
    }

    /// The number of bytes of the value, and what is read of `READY=1` and a status with that value.
    @Test(arguments: [(4096 - 15, 2), (4096 - 14, 1), (4096, 1), (100_000, 1)])
    func aLineThatIsCutOffIsSkipped(length: Int, count: Int) {
        let text = "READY=1\nSTATUS=" + String(repeating: "x", count: length)
        let assignments = NotificationText.assignments(Array(text.utf8))
        #expect(assignments.count == count)
        #expect(assignments.first == Assignment("READY", "1"))
    }

    @Test func aLineThatEndsAtTheLimitIsRead() {
        let text = "STATUS=" + String(repeating: "x", count: 4096 - 7) + "\nREADY=1"
        #expect(NotificationText.assignments(Array(text.utf8)).map { $0.name } == ["STATUS"])
    }

    @Test func anyBytesAreAccepted() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let count = Int.random(in: 0..<64, using: &generator)
            let text = (0..<count).map { _ in
                [0, 10, 61, UInt8.random(in: 0...255, using: &generator)].randomElement() ?? 0
            }
            for assignment in NotificationText.assignments(text) {
                #expect(!assignment.name.isEmpty)
                #expect(!(assignment.name + assignment.value).unicodeScalars.contains { $0.value < 32 })
            }
        }
    }
}
