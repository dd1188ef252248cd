import Testing

@testable import ListenerKit

@Suite struct SuggestionTests {
    private static let words = ["--log", "--log-file", "--fatal-exit", "--fatal-exit-on", "--config", "json", "text"]

    @Test(
        arguments: [
            ("--log", "--log"),
            ("--lgo", "--log"),
            ("--logs", "--log"),
            ("--lg", "--log"),
            ("-log", "--log"),
            ("--log-flie", "--log-file"),
            ("--logfile", "--log-file"),
            ("--fatal_exit", "--fatal-exit"),
            ("--fatalexit", "--fatal-exit"),
            ("--fatal-exit-no", "--fatal-exit-on"),
            ("--confg", "--config"),
            ("--configuration", nil),
            ("jason", "json"),
            ("tex", "text"),
            ("xml", nil),
            ("--x", nil),
            ("", nil),
            ("something else entirely", nil),
        ] as [(String, String?)]
    )
    func theNearestWordIsFoundWhereOneIsNear(typed: String, meant: String?) {
        #expect(Suggestion.nearest(to: typed, among: Self.words) == meant)
    }

    @Test func withoutWordsThereIsNoSuggestion() {
        #expect(Suggestion.nearest(to: "x", among: []) == nil)
        #expect(Suggestion.nearest(to: "", among: [""]) == "")
    }
}
