import ListenerKit
import Testing

@Suite struct WordingTests {
    @Test(arguments: [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")])
    func wordsAreListedAsInASentence(words: [String], text: String) {
        #expect(listed(words) == text)
    }

    @Test(arguments: [(0, "0.0"), (49, "0.0"), (50, "0.1"), (999, "1.0"), (61_500, "61.5")])
    func durationsHaveOneDecimal(milliseconds: Int, text: String) {
        #expect(Duration.milliseconds(milliseconds).inSeconds == text)
    }
}
