import ListenerKit
import Testing

@testable import listenerd

/// Comments that disable rules.
@Suite struct DisablingCommentsTests {
    private func comments(_ text: String) -> DisablingComments {
        DisablingComments(in: ["f"], SourceFiles(["f"]) { _ in Array(text.utf8) })
    }

    private func lines(_ text: String) -> [Int] {
        let comments = comments(text)
        return (1...6).filter { line in
            comments.disable(ConfigurationProblem(Template.rule, at: ConfigurationLocation(file: "f", line: line), "x"))
        }
    }

    @Test(arguments: [
        ("a=1 ; listenerd: disable=template\nb=1\n", [1]), ("a=1 # listenerd: disable=no-grace,template\n", [1]),
        ("; listenerd: disable=template\na=1\nb=1\n", [1, 2]), ("#listenerd:disable=template because\na=1\n", [1, 2]),
        (";; listenerd: disable=template\n; why\na=1\nb=1\n", [1, 2, 3]),
        ("; listenerd: disable=template\n\na=1\n", [1, 2]), ("; listenerd: disable=no-grace\na=1\n", []),
        ("a=x;listenerd: disable=template\n", []), ("listenerd: disable=template\n", []),
        ("; listenerd: starts everything\n; listenerd: template\n", []), ("; listenerd: disable=\n", []),
    ])
    func theyCountForTheirLineOrTheNext(text: String, disabled: [Int]) {
        #expect(lines(text) == disabled)
        #expect(comments(text).problems == [])
    }

    @Test func aRuleThatDoesNotExistIsNamed() {
        let problems = comments("a=1\nb=1 ; listenerd: disable=no-grase,template,xyzzyxyzzy\n").problems
        let consequence = "is no rule, so that the comment disables nothing"
        #expect(
            problems.map { "\($0)" } == [
                "f:2: warning: 'no-grase' \(consequence); did you mean 'no-grace'? [unknown-rule]",
                "f:2: warning: 'xyzzyxyzzy' \(consequence); listenerd check --rules lists them [unknown-rule]",
            ]
        )
    }
}
