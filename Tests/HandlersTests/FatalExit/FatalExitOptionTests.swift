import ListenerKit
import Testing

@testable import Handlers

/// What `--fatal-exit-on` and `--fatal-exit-programs` take.
@Suite struct FatalExitOptionTests {
    @Test(arguments: [
        "fatal", "unexpected-exit", "exit", "all-exited", "crash-loop=3/10", "crash-loop=1/0.5",
        "fatal,exit,crash-loop=3/10",
    ])
    func triggersReadAsTheyAreTyped(text: String) {
        #expect([ShutdownTrigger](optionText: text)?.optionText == text)
    }

    @Test(arguments: [
        "", "FATAL", ",", "crash-loop", "crash-loop=", "crash-loop=3", "crash-loop=3/", "crash-loop=/3",
        "crash-loop=0/10", "crash-loop=-1/10", "crash-loop=3/0", "crash-loop=3/-1", "crash-loop=3/1/2",
        "crash-loop=3 / 10", "crash-loop=x/y", "crash-loop=99999999999999999999/1", "crash-loop=N/SECONDS",
    ])
    func otherTextIsNoTrigger(text: String) {
        #expect([ShutdownTrigger](optionText: text) == nil)
    }

    @Test(
        arguments: [
            ("web", ["web", "web:a"], ["web"]),
            ("web:a", ["web", "web:a", "web:b", "a"], ["web:a"]),
            ("web:*", ["web", "web:a", "webs:a"], ["web", "web:a"]),
            ("web:", ["web", "web:a", "webs:a"], ["web", "web:a"]),
            ("!web", ["web", "web:a", "job"], ["web:a", "job"]),
            ("!web:*", ["web", "web:a", "job"], ["job"]),
            ("web:*,!web:a", ["web:a", "web:b", "job"], ["web:b"]),
            ("!web:a,web:*", ["web:a", "web:b", "job"], ["web:b"]),
            ("a, b", ["a", "b", "c"], ["a", "b"]), ("a,,b,", ["a", "b", "c"], ["a", "b"]),
            ("!a,!b", ["a", "b", "c"], ["c"]),
        ] as [(String, [String], [String])]
    )
    func programsAreNamedAsSupervisorctlTakesThem(text: String, names: [String], selected: [String]) throws {
        let selection = try #require(ProgramSelection(optionText: text))
        #expect(names.filter { selection.contains(.of($0)) } == selected)
    }

    @Test(arguments: ["web", "group:web", "group:*", "!web", "web,!group:web"])
    func programsReadAsTheyAreTyped(text: String) {
        #expect(ProgramSelection(optionText: text)?.optionText == text)
    }

    @Test(arguments: ["", "!", ":", ":web", "!:web", ",", "web,!"])
    func otherTextNamesNoPrograms(text: String) {
        #expect(ProgramSelection(optionText: text) == nil)
    }

    @Test func allAreSelectedWhereNoneIsNamed() {
        #expect(ProgramSelection.all.contains(.of("web")))
        #expect(ProgramSelection.all.optionText == "")
    }
}
