import ListenerKit
import Testing

@testable import listenerd

@Suite struct StreamedProgramsTests {
    private static let everything = [
        "stdout_events_enabled=true", "stdout_logfile=NONE", "stderr_events_enabled=true", "stderr_logfile=NONE",
    ]

    private static func streamed(
        _ sections: String,
        isReplacingStreams: Bool = true
    ) throws -> (configuration: SupervisorConfiguration, streamed: StreamedPrograms) {
        let inputs = ConfigurationInputs.globbing(["/etc/s.conf": "[supervisord]\n\(sections)"])
        let configuration = try SupervisorConfiguration(path: "/etc/s.conf", inputs)
        return (configuration, StreamedPrograms(configuration, isReplacingStreams: isReplacingStreams))
    }

    private static func lines(_ section: GeneratedSection?) -> [String] {
        section?.options.map { "\($0.key)=\($0.text)" } ?? []
    }

    private static let events = ["stdout_events_enabled=true", "stderr_events_enabled=true"]
    private static let stdout = ["stdout_events_enabled=true", "stdout_logfile=NONE"]
    private static let stderr = ["stderr_events_enabled=true", "stderr_logfile=NONE"]

    private static let keys: [(keys: String, added: [String], replaced: [String])] = [
        ("", everything, []),
        ("stdout_logfile=/var/log/x", [events[0]] + stderr, []),
        ("stdout_logfile=AUTO\nstderr_logfile=syslog", events, []),
        ("stdout_logfile=NONE", [events[0]] + stderr, []),
        // What writes no events needs its own log.
        ("stdout_events_enabled=false", stderr, []),
        ("stderr_events_enabled=no\nstdout_events_enabled=off", [], []),
        ("stdout_events_enabled=true", ["stdout_logfile=NONE"] + stderr, []),
        ("redirect_stderr=true", stdout, []),
        ("redirect_stderr=true\nstderr_logfile=/dev/stderr", stdout, []),
        ("stdout_logfile=/dev/stdout", [events[0]] + stderr, ["stdout_logfile=NONE"]),
        ("stdout_logfile=/dev/stdout\nredirect_stderr=true", [events[0]], ["stdout_logfile=NONE"]),
        (
            "stdout_logfile=/dev/fd/1\nstderr_logfile=/proc/self/fd/2", events,
            ["stdout_logfile=NONE", "stderr_logfile=NONE"]
        ),
        ("stdout_logfile=/proc/1/fd/1\nstdout_events_enabled=false", stderr, []),
        ("stderr_logfile=/dev/stdout", stdout + [events[1]], ["stderr_logfile=NONE"]),
        ("stdout_logfile=/dev/null", [events[0]] + stderr, []),
    ]

    @Test(arguments: keys)
    func whatAProgramSaysItselfIsKeptUnlessItsLinesWouldComeTwice(
        keys: String,
        added: [String],
        replaced: [String]
    ) throws {
        for kind in ["program", "fcgi-program"] {
            let section = "[\(kind):x]\ncommand=x\nsocket=unix:///x\n\(keys)"
            let (_, streamed) = try Self.streamed(section)
            #expect(streamed.defaults.map(\.name) == ["\(kind):x"])
            #expect(Self.lines(streamed.defaults.first) == added)
            #expect(Self.lines(streamed.replacements.first) == replaced)
            // The stream goes to a file: the program's own lines come once.
            let (_, toFile) = try Self.streamed(section, isReplacingStreams: false)
            #expect(Self.lines(toFile.defaults.first) == added)
            #expect(toFile.replacements.isEmpty)
        }
    }

    @Test func whatAllSectionsInheritIsKeptToo() throws {
        let (_, streamed) = try Self.streamed(
            "[DEFAULT]\nstdout_logfile=/log\nstderr_events_enabled=false\n[program:x]\ncommand=x"
        )
        #expect(Self.lines(streamed.defaults.first) == [Self.events[0]])
    }

    @Test func listenersAreNoPrograms() throws {
        let (_, streamed) = try Self.streamed("[eventlistener:x]\ncommand=x\nevents=TICK_5\nstdout_logfile=/dev/stdout")
        #expect(streamed.defaults.isEmpty && streamed.replacements.isEmpty)
    }

    @Test func locationsAreThoseThatTheUserKnows() throws {
        let (_, streamed) = try Self.streamed("[program:x]\ncommand=x\nstdout_logfile=/dev/stdout")
        let added = try #require(streamed.defaults.first)
        #expect(added.location?.line == 2)
        #expect(added.options.allSatisfy { $0.location?.line == 2 })
        #expect(streamed.replacements.first?.options.map { $0.location?.line } == [4])
    }

    @Test(arguments: [
        ("/dev/stdout", 1), ("/dev/fd/1", 1), ("/proc/self/fd/1", 1), ("/proc/1/fd/1", 1), ("//dev/./stdout", 1),
        ("/dev/stderr", 2), ("/dev/fd/2", 2), ("/proc/self/fd/2", 2), ("/proc/1/fd/2", 2), ("/dev/fd/3", nil),
        ("/dev/null", nil), ("/proc/2/fd/1", nil), ("stdout", nil), ("", nil),
    ])
    func pathsNameStandardStreams(path: String, descriptor: Int32?) {
        #expect(StandardStream(path: path)?.descriptor == descriptor)
    }

    @Test(arguments: ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "/dev/../dev/stdout"])
    func aListenerOpensThePipeInPlaceOfItsOwnStandardOutput(path: String) {
        #expect(RelayedOutput.file(at: path, [RelayedOutput.variable: "/run/x"]) == "/run/x")
        #expect(RelayedOutput.file(at: path, [:]) == path)
        #expect(RelayedOutput.file(at: "\(path)x", [RelayedOutput.variable: "/run/x"]) == "\(path)x")
    }
}
