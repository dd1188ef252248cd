import ListenerTesting
import Testing

@testable import Handlers
@testable import ListenerKit

/// What is read from supervisord's configuration of the programs that are counted.
@Suite struct MeteredProgramsTests {
    private static func programs(_ text: String, hasGates: Bool = true) throws -> MeteredPrograms {
        let test = try TestContext(
            for: EventLog.self,
            supervisor: try FakeSupervisor("a"),
            configuration: "[supervisord]\n\(text)"
        )
        return MeteredPrograms(try test.context.configuration(), hasGates: hasGates)
    }

    @Test func programsGroupsAndListenersAreRead() throws {
        let programs = try Self.programs(
            """
            [program:web]
            command=x
            numprocs=2
            process_name=%(program_name)s_%(process_num)d
            autorestart=true
            startretries=7
            startsecs=5
            [group:all]
            programs=job
            [program:job]
            command=x
            [eventlistener:listener]
            command=x
            autorestart=false
            """
        )
        let web = MeteredProgram(autorestart: .always, startRetries: 7, startSeconds: 5, isGated: false)
        #expect(programs[.of("web:web_0")] == web)
        #expect(programs[.of("web:web_1")] == web)
        let job = MeteredProgram(autorestart: .unexpected, startRetries: 3, startSeconds: 1, isGated: false)
        #expect(programs[.of("all:job")] == job)
        #expect(programs[.of("listener")].autorestart == .never)
        #expect(programs[.of("job")] == .unknown)
    }

    private static let gates: [(keys: String, isGated: Bool)] = [
        ("", false), ("ready=", false), ("ready= ; none", false), ("ready=tcp://localhost:1", true),
        ("ready=nonsense", true),
        ("ready=%(unknown)s", true), ("ready=\n  notify", true),
    ]

    @Test(arguments: gates)
    func aProgramHasGatesIfItNamesSome(keys: String, isGated: Bool) throws {
        let text = "[program:a]\ncommand=x\n\(keys)\n"
        #expect(try Self.programs(text)[.of("a")].isGated == isGated)
        #expect(try !Self.programs(text, hasGates: false)[.of("a")].isGated)
    }

    @Test func withoutAConfigurationNothingIsKnown() {
        #expect(MeteredPrograms(nil, hasGates: true)[.of("a")] == .unknown)
    }
}
