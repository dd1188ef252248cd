import Testing

/// How lines of pages are compared with those that are printed.
@Suite struct TranscriptLineTests {
    @Test(arguments: [
        ("a  b ", "a b"),
        ("2026-11-28T04:03:07.245Z a RUNNING pid=1 after 0.0s", "2026-01-01T00:00:00Z a RUNNING pid=26 after 1.2s"),
        ("took 5 s", "took 1 min 17 s"),
        ("·███── up at 1.06 s", "·█─ up at 2 s"),
        ("x |0 s   |1    |2", "x |0 s |1 |2 |3"),
        ("tried 12 times", "tried 1 time"),
        ("a … c", "a b b c"),
    ])
    func differInFiguresOnly(shown: String, printed: String) {
        #expect(TranscriptLine(shown).shows(TranscriptLine(printed)))
    }

    @Test(arguments: [
        ("a", "b"), ("status 7", "status 8"), ("a RUNNING", "a RUNNING up"), ("a … c", "a b"), ("", "a"),
    ])
    func differ(shown: String, printed: String) {
        #expect(!TranscriptLine(shown).shows(TranscriptLine(printed)))
    }

    @Test(arguments: [
        ("a\nb\n", "a\nb", true, true),
        ("b\na", "a\nb", false, true),
        ("a\n…\nd", "a\nb\nc\nd", true, true),
        ("a\n…", "a", true, true),
        ("d\n…\na", "a\nb\nc\nd", false, true),
        ("a", "a\nb", false, false),
        ("a\na", "a\nb", false, false),
        ("", "a", false, false),
    ])
    func linesAreShown(shown: String, printed: String, inOrder: Bool, inAnyOrder: Bool) {
        let (shown, printed) = ([TranscriptLine](text: shown), [TranscriptLine](text: printed))
        #expect(shown.show(printed, isOrdered: true) == inOrder)
        #expect(shown.show(printed, isOrdered: false) == inAnyOrder)
    }
}
