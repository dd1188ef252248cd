import ExecutableTesting
import Foundation
import Testing

/// The listener section that Documentation/listener.md recommends.
@Suite struct RecommendedSectionTests {
    /// Returns the section of the page, with other arguments, and with standard error in the tests' file.
    private static func section(_ arguments: String) throws -> String {
        let header = "[eventlistener:listenerd]\n"
        let page = try DocumentationPage("Documentation/listener.md")
        let rest = try #require(
            page.block(with: "[eventlistener:listenerd]").text.components(separatedBy: header).dropFirst().first
        )
        let keys = try #require(rest.components(separatedBy: "\n\n").first).split(separator: "\n")
        let others = keys.filter { !$0.hasPrefix("command=") && !$0.hasPrefix("stderr_logfile=") }
        #expect(others.count == keys.count - 2)
        return """
            \(header)command=%(ENV_LISTENERD)s \(arguments)
            stderr_logfile=%(here)s/\(Sections.listenerLog)
            \(others.joined(separator: "\n"))

            """
    }

    @Test(arguments: [
        ("--ordered-startp", "listenerd: Error: Unknown option '--ordered-startp'; did you mean '--ordered-startup'?"),
        ("--ordered-startup -c /nonexistent/x", "listenerd: error: cannot read '/nonexistent/x': "),
        ("--log --log-file /nonexistent/x", "listenerd: error: cannot open '/nonexistent/x' for appending: "),
    ])
    func aListenerThatCannotWorkIsGivenUp(arguments: String, message: String) async throws {
        try await Supervisord.run(try Self.section(arguments)) { supervisord in
            try await supervisord.wait(forLog: "gave up: listenerd entered FATAL state")
            #expect(supervisord.log.occurrences(of: "spawned: 'listenerd'") >= 4, "\(supervisord.logs)")
            #expect(supervisord.listenerLines.count { $0.hasPrefix(message) } >= 4, "\(supervisord.logs)")
        }
    }

    @Test func programsAreStartedBeforeSupervisordSendsEvents() async throws {
        // The listener is still STARTING, however slow the machine is.
        let section = try Self.section("--ordered-startup").replacing("\nstartsecs=2\n", with: "\nstartsecs=3600\n")
        try #require(section.contains("startsecs=3600"))
        try await Supervisord.run(
            section
                + Sections.native("a", "/bin/true")
                + Sections.native("b", "/bin/sleep 600", after: "a:completed")
        ) { supervisord in
            try await supervisord.wait(forLine: "started 2 processes in order")
            #expect(supervisord.started == ["a", "b"], "\(supervisord.logs)")
        }
    }

    @Test func aFailureBeforeThatEndsSupervisordToo() async throws {
        try await Supervisord.run(
            try Self.section("--fatal-exit")
                + Sections.program("broken", "/bin/false", "startsecs=2", "startretries=0", "priority=1")
        ) { supervisord in
            let ending = try await supervisord.waitForEnd()
            #expect(ending == .status(0), "\(supervisord.logs)")
            #expect(supervisord.messages.first?.hasPrefix("listenerd: error: broken is FATAL") == true)
        }
    }

    @Test func aListenerThatEndsLaterIsStartedAgain() async throws {
        try await Supervisord.run(try Self.section("--ordered-startup --log")) { supervisord in
            try await supervisord.wait(forLog: "success: listenerd entered RUNNING state")
            supervisord.send(SIGTERM, to: "listenerd")
            try await supervisord.wait(forLog: "success: listenerd entered RUNNING state", times: 2)
        }
    }
}
