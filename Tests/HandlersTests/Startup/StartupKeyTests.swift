import ListenerKit
import Testing

@testable import Handlers

/// Keys of the order of starts in places where they have no effect.
@Suite struct StartupKeyTests {
    private func problems(_ text: String) throws -> [String] {
        StartupPlan(try SupervisorConfiguration.of(text)).problems.map { $0.description }
    }

    @Test(arguments: [
        ("startafter=\ndependent_startup_wait_for=a", "dependent_startup_wait_for without dependent_startup=true"),
        ("startafter=\nstartnextafter=EXITED", "startnextafter without startinorder=true"),
        ("dependent_startup=true\nstartnextafter=EXITED", "startnextafter without startinorder=true"),
        (
            "startinorder=true\ndependent_startup_inherit_priority=true",
            "dependent_startup_inherit_priority without dependent_startup=true"
        ),
        ("dependent_startup=false\ndependent_startup_wait_for=a", "dependent_startup_wait_for without dependent"),
    ])
    func aKeyOfAnotherDialectHasNoEffect(keys: String, words: String) throws {
        let problems = try problems("[program:b]\ncommand=x\nautostart=false\n\(keys)\n")
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix("/etc/supervisord.conf:6: warning: b has \(words)") == true, "\(problems)")
    }

    @Test func programsOfTwoDialectsGetThatWarningAlone() throws {
        let problems = try problems(
            "[program:b]\ncommand=x\nautostart=false\nstartafter=\ndependent_startup=true\n"
                + "dependent_startup_wait_for=b\n"
        )
        #expect(problems.count == 1)
        #expect(problems.first?.contains("only startafter counts") == true, "\(problems)")
    }

    @Test(arguments: ["dependent_startup=true", "startinorder=true", "dependent_startup_wait_for=a"])
    func keysThatTheDialectDoesNotReadHaveNoEffect(key: String) throws {
        let name = key.split(separator: "=")[0]
        let problems = try problems("[fcgi-program:f]\ncommand=x\nsocket=tcp://localhost:9\n\(key)\n")
        #expect(
            problems == [
                "/etc/supervisord.conf:5: warning: \(name) has no effect in [fcgi-program:f]; use startafter= [ineffective-key]"
            ]
        )
    }

    @Test(arguments: ["group:g", "eventlistener:g"])
    func startupKeysOutsideOfProgramSectionsHaveNoEffect(section: String) throws {
        let problems = try problems(
            "[program:a]\ncommand=x\n[\(section)]\nprograms=a\ncommand=x\nevents=TICK_5\nstartafter=a\nother=1\n"
        )
        #expect(
            problems == [
                "/etc/supervisord.conf:8: warning: startafter has no effect in [\(section)]; "
                    + "move it to a [program:x] section [ineffective-key]"
            ]
        )
    }

    @Test func aTimeLimitWithoutGatesHasNoEffect() throws {
        #expect(
            try problems("[program:a]\ncommand=x\nready_timeout=3\n") == [
                "/etc/supervisord.conf:4: warning: a has ready_timeout without ready=, so it has no effect [ineffective-key]"
            ]
        )
        #expect(try problems("[program:a]\ncommand=x\nready_timeout=3\nready=notify\n").isEmpty)
        #expect(try problems("[DEFAULT]\nready=notify\n[program:a]\ncommand=x\nready_timeout=3\n").isEmpty)
    }
}
