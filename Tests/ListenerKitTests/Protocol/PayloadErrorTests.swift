import Testing

@testable import ListenerKit

@Suite struct PayloadErrorTests {
    @Test(
        arguments: [
            (.missing("pid"), "it has no 'pid'"), (.notANumber("pid", "x"), "its 'pid' is 'x', not a number"),
        ] as [(PayloadError, String)]
    )
    func errorsSayWhatIsWrong(error: PayloadError, words: String) {
        #expect("\(error)" == words)
    }
}
