import Testing

@testable import listenerd

/// How wide texts are, and how they are shortened.
@Suite struct TextWidthTests {
    @Test(
        arguments: [
            ("short", 100, "short"), ("", 100, ""), ("abcdefghijklmnop", 45, "ab…op"),
            ("workers:worker_0001", 70, "work…001"),
            ("👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 90, "👩‍👩‍👧‍👦…"), ("数据库数据库", 60, "数据…库"),
            ("abcdef", 5, "…"),
        ] as [(String, Double, String)]
    )
    func theMiddleOfALongTextIsLeftOut(text: String, width: Double, shortened: String) {
        #expect(text.elided(to: width, size: 12) == shortened)
    }

    @Test(arguments: ["a", "iiii", "WWWW", "é", "日本語", "🚀", "a\u{301}\u{302}", "אבג", "…"])
    func aShortenedTextFits(text: String) {
        for width in stride(from: 12.0, through: 200, by: 7) {
            #expect(String(repeating: text, count: 50).elided(to: width, size: 12).width(size: 12) <= width + 0.001)
        }
    }

    @Test func nothingIsEndlessWithoutAnyWidth() {
        let text = "a" + String(repeating: "\u{301}", count: 100_000)
        #expect(text.elided(to: 200, size: 12) == "…")
    }
}
