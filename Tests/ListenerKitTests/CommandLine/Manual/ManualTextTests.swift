import Testing

@testable import ListenerKit

@Suite struct ManualTextTests {
    private static let texts: [(String, String)] = [
        ("plain text.", "plain text."),
        ("--log-file", #"\-\-log\-file"#),
        (#"a\b"#, #"a\eb"#),
        (#""it's""#, #"\(dqit\(aqs\(dq"#),
        ("^~`", #"\(ha\(ti\(ga"#),
        ("é … 😀", #"\[u00E9] \[u2026] \[u1F600]"#),
        ("", ""),
    ]

    @Test(arguments: texts)
    func everyCharacterIsShownAsItIs(text: String, escaped: String) {
        #expect(ManualText.escaped(text) == escaped)
    }

    @Test func noLineIsARequestByMistake() {
        var page = ManualText()
        page.add(paragraphs: [".conf and 'x", "Files end with ... .conf"])
        page.add(example: [".x", "'y", "", "a  b"])
        page.add(item: ManualText.bold(".z"), ".")
        #expect(
            page.text == #"""
                \&.conf and \(aqx
                .PP
                Files end with ...
                \&.conf
                .PP
                .RS 4
                .nf
                \&.x
                \(aqy

                a  b
                .fi
                .RE
                .TP
                \fB.z\fR
                \&.

                """#
        )
    }

    @Test func linesAreShortAndSentencesBeginThem() {
        var page = ManualText()
        page.add(paragraphs: [String(repeating: "a word ", count: 30) + "ends. Another one begins, e.g. here"])
        let lines = page.text.split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= 78 })
        #expect(lines.suffix(2) == ["Another one begins, e.g.", "here"])
    }

    @Test func theTitleHasFiveParts() {
        var page = ManualText()
        page.addTitle("crashd-send", "2026-11-21", "crashd 1.0-rc")
        #expect(page.text.hasPrefix(#".TH "CRASHD\-SEND" "1" "2026-11-21" "crashd 1.0\-rc" "User Commands""# + "\n"))
    }
}
