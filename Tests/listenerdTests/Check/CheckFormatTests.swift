import ExecutableTesting
import Foundation
import ListenerKit
import Testing

@testable import listenerd

/// The formats of `listenerd check`, and what decides its exit status.
@Suite struct CheckFormatTests {
    private static let rule = ConfigurationRule("some-rule", .warning, "a", reason: "b")

    private func problem(_ file: String, _ message: String = "m") -> ConfigurationProblem {
        ConfigurationProblem(Self.rule, at: ConfigurationLocation(file: file, line: 7), message)
    }

    private func text(_ format: CheckFormat, _ problem: ConfigurationProblem, _ workspace: String? = nil) -> String {
        let environment = workspace.map { ["GITHUB_WORKSPACE": $0] } ?? [:]
        return String(decoding: format.text(of: [problem], in: "/repo/sub", environment), as: UTF8.self)
    }

    @Test(
        arguments: [
            ("a.conf", "m", nil, "file=a.conf,line=7,title=some-rule::m"),
            ("/repo/sub/d/a.conf", "50% [x], y: z\n", nil, "file=d/a.conf,line=7,title=some-rule::50%25 [x], y: z%0A"),
            ("./a,b:c%.conf", "m", "/repo", "file=sub/a%2Cb%3Ac%25.conf,line=7,title=some-rule::m"),
            ("../a.conf", "m", "/repo/", "file=a.conf,line=7,title=some-rule::m"),
            ("/etc/a.conf", "m", "/repo", "file=/etc/a.conf,line=7,title=some-rule::m"),
            ("a.conf", "m", "/other", "file=a.conf,line=7,title=some-rule::m"),
        ] as [(String, String, String?, String)]
    )
    func commandsOfGitHubAreEscaped(file: String, message: String, workspace: String?, command: String) {
        #expect(text(.github, problem(file, message), workspace) == "::warning \(command)\n")
    }

    @Test(
        arguments: [
            (.text, "a.conf:7: note: m [some-rule]\n"), (.json, #""severity":"note""#),
            (.github, "::notice file=a.conf,line=7,title=some-rule::m\n"),
            (.sarif, #""ruleId":"some-rule","level":"note""#),
        ] as [(CheckFormat, String)]
    )
    func aNoteIsOneInEveryFormat(format: CheckFormat, part: String) {
        let place = ConfigurationLocation(file: "a.conf", line: 7)
        let text = text(format, ConfigurationProblem(Self.rule, at: place, "m", severity: .note))
        #expect(text.contains(part), "\(text)")
    }

    @Test(arguments: [[], ["--strict"]])
    func aNoteNeverChangesTheExitStatus(options: [String]) async throws {
        let folder = try TestFolder()
        try folder.write(Self.withNote, to: "s.conf")
        let outcome = try await Outcome(of: ["check", "s.conf"] + options, in: folder.path)
        #expect(
            outcome.output == """
                s.conf:15: note: no program waits for web to be ready, so its gates are tried only when somebody asks, as \
                listenerd status does [idle-gate]

                """
        )
        #expect(outcome.ending == .status(0))
    }

    private static let withNote = """
        [supervisord]
        [unix_http_server]
        file=/tmp/s.sock
        [rpcinterface:supervisor]
        supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
        [eventlistener:order]
        command=listenerd --ordered-startup
        events=PROCESS_STATE
        buffer_size=1024
        startsecs=2
        [program:web]
        command=/bin/sleep 1
        autostart=false
        startafter=
        ready=tcp://127.0.0.1:80

        """

    @Test(arguments: [
        ("a b/ü%.conf", "a%20b/%C3%BC%25.conf"), ("/etc/x:y.conf", "file:///etc/x%3Ay.conf"),
        ("<stdin>", "%3Cstdin%3E"),
        ("/repo/sub/a-b_c~d.conf", "a-b_c~d.conf"),
    ])
    func referencesArePercentEncoded(file: String, uri: String) {
        #expect(RepositoryPaths(workingDirectory: "/repo/sub", [:]).uri(of: file) == uri)
    }

    @Test func textCannotForgeALine() {
        let line = text(.text, problem("a\n::error::x", "y\u{1B}[0m"))
        #expect(line == "a\\n::error::x:7: warning: y\\u001b[0m [some-rule]\n")
    }

    @Test func jsonHasOneObjectForEachProblem() throws {
        let text = text(.json, problem("/repo/sub/a.conf", "\"m\""))
        let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: [[String: Any]]]
        let found = try #require(object?["problems"]?.first)
        #expect(found["file"] as? String == "a.conf" && found["line"] as? Int == 7 && found.count == 5)
        #expect(found["severity"] as? String == "warning" && found["rule"] as? String == "some-rule")
        #expect(found["message"] as? String == "\"m\"")
    }

    /// The parts of the schema that the log uses; all of it was checked against the published schema.
    @Test func sarifNamesRulesAndPlaces() throws {
        let text = text(.sarif, problem("a b.conf"))
        let log = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(log["version"] as? String == "2.1.0")
        let run = try #require((log["runs"] as? [[String: Any]])?.first)
        let driver = try #require((run["tool"] as? [String: [String: Any]])?["driver"])
        let rules = try #require(driver["rules"] as? [[String: Any]])
        #expect(rules.compactMap { $0["id"] as? String } == CheckRules.documented.map { $0.name })
        #expect(rules.allSatisfy { ($0["shortDescription"] as? [String: String])?["text"]?.isEmpty == false })
        let result = try #require((run["results"] as? [[String: Any]])?.first)
        #expect(result["ruleId"] as? String == "some-rule" && result["level"] as? String == "warning")
        #expect((result["message"] as? [String: String]) == ["text": "m"])
        let location = try #require((result["locations"] as? [[String: [String: Any]]])?.first?["physicalLocation"])
        #expect(location["artifactLocation"] as? [String: String] == ["uri": "a%20b.conf"])
        #expect(location["region"] as? [String: Int] == ["startLine": 7])
    }

    @Test(arguments: [
        ([], "s.conf:3: warning: p has stopwaitsecs=0", 0), (["--strict"], "s.conf:3: warning: ", 65),
        (["--strict", "--disable", "no-grace,template"], "", 0), (["--disable=no-grace"], "", 0),
        (["--stop-within", "0"], "s.conf:3: warning: ", 0),
    ])
    func warningsCountOnlyIfTheyAreToCount(options: [String], beginning: String, status: Int32) async throws {
        let folder = try TestFolder()
        try folder.write("[supervisord]\n[program:p]\nstopwaitsecs=0\ncommand=sleep\n", to: "s.conf")
        let outcome = try await Outcome(of: ["check"] + options + ["s.conf"], in: folder.path)
        #expect(outcome.output.hasPrefix(beginning) && outcome.output.isEmpty == beginning.isEmpty, "\(outcome)")
        #expect(outcome.ending == .status(status))
    }

    @Test func aRuleThatDoesNotExistCannotBeDisabled() async throws {
        let outcome = try await Outcome(of: ["check", "--disable", "template,no-grase", "/none"])
        let message = "The value 'no-grase' is invalid for '--disable <rules>'; it must be the name of a rule"
        #expect(outcome.errors.hasPrefix("listenerd: Error: \(message)"), "\(outcome.errors)")
        #expect(
            outcome.errors.contains("did you mean 'no-grace'?") && outcome.ending == .status(64),
            "\(outcome.errors)"
        )
    }

    @Test func theRulesAreATable() async throws {
        let outcome = try await Outcome(of: ["check", "--rules"])
        let lines = outcome.output.split(separator: "\n").map { String($0) }
        #expect(lines.count == CheckRules.documented.count && outcome.ending == .status(0))
        for (line, rule) in zip(lines, CheckRules.documented) {
            let severity = rule.severity.rawValue.padding(toLength: 7, withPad: " ", startingAt: 0)
            #expect(line.hasPrefix("\(rule.name) ") && line.hasSuffix("  \(severity)  \(rule.summary)"))
        }
    }

    @Test func theStopIsAddedUp() async throws {
        let programs = (1...7).map { "[program:p\($0)]\ncommand=sleep\nstopwaitsecs=\($0 - 1)\n" }.joined()
        let folder = try TestFolder()
        try folder.write("[supervisord]\n\(programs)", to: "s.conf")
        let outcome = try await Outcome(
            of: ["check", "--disable=no-grace", "--stop-within", "20.5", "s.conf"],
            in: folder.path
        )
        #expect(
            outcome.output == """
                s.conf:1: error: supervisord may take 21 s to stop, longer than 20.5 s: it stops one group after the other, \
                and waits up to stopwaitsecs for each (p7 6 s, p6 5 s, p5 4 s, p4 3 s, p3 2 s and 1 more); in one group, all \
                would stop at the same time, within 6 s; list them in programs= of a [group:x], or lower stopwaitsecs \
                [slow-stop]

                """
        )
        #expect(outcome.ending == .status(65))
    }

    @Test func onThisMachineWhatDoesNotExistIsAnError() async throws {
        let folder = try TestFolder()
        try folder.write("[supervisord]\ndirectory=/nonexistent\n", to: "s.conf")
        for (options, status) in [([], 0), (["--here"], 65)] as [([String], Int32)] {
            let outcome = try await Outcome(of: ["check"] + options + ["s.conf"], in: folder.path)
            #expect(outcome.output.contains("[missing-folder]") && outcome.ending == .status(status), "\(outcome)")
        }
    }
}
