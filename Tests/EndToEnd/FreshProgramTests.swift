import ExecutableTesting
import Foundation
import ListenerKit
import Testing

/// Programs that supervisord has just forked when it is shut down: until they execute their command, they swallow SIGTERM.
@Suite struct FreshProgramTests {
    /// Closing so many descriptors makes the time between fork and exec so long that a signal sent too early is always lost.
    private static var daemon: String {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return Sections.daemon + "minfds=\(min(limit.rlim_cur, 20_000))\n"
    }

    /// With this `stopwaitsecs=` they are killed only after the test has failed.
    private static let five = (0..<5).map { Sections.program("p\($0)", "sleep 600", "stopwaitsecs=600") }.joined()

    @Test(arguments: [SIGTERM, SIGINT, SIGQUIT])
    func superviseStopsProgramsThatHaveJustBeenStarted(signal: Int32) async throws {
        let base = [Supervise.base: Self.daemon + Self.five]
        try await Supervise.run(["--fatal-exit"], files: base) { supervise in
            try await supervise.wait(forStarts: 1)
            supervise.send(signal)
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
            #expect(!supervise.log.contains("SIGKILL"), "\(supervise.logs)")
        }
    }

    @Test func superviseReloadsWhenProgramsHaveJustBeenStarted() async throws {
        let base = [Supervise.base: Self.daemon + Self.five]
        try await Supervise.run(["--fatal-exit"], files: base) { supervise in
            try await supervise.wait(forStarts: 5)
            supervise.send(SIGHUP)
            try await supervise.wait(forStarts: 10)
            try await supervise.terminate()
            #expect(!supervise.log.contains("SIGKILL"), "\(supervise.logs)")
        }
    }

    @Test(arguments: [true, false])
    func aProgramBecomesFatalWhenOthersHaveJustBeenStarted(hasServer: Bool) async throws {
        let listener = Sections.listener("--fatal-exit", "startsecs=0")
        let broken = Sections.program("broken", "%(here)s/missing", "startretries=0")
        let server = hasServer ? Sections.server : ""
        let interface = String(Sections.supervisord.dropFirst(Sections.daemon.count))
        let text = Self.daemon + interface + server + listener + broken + Self.five
        try await Supervisord.run(files: ["supervisord.conf": text]) { supervisord in
            let ending = try await supervisord.waitForEnd()
            #expect(ending == .status(0), "\(supervisord.logs)")
            #expect(!supervisord.log.contains("SIGKILL"), "\(supervisord.logs)")
        }
    }

    @Test func aProgramFailsWhileOthersAreBeingStartedInOrder() async throws {
        let listener = Sections.listener(
            "--ordered-startup --fatal-exit --fatal-exit-on=unexpected-exit",
            "startsecs=0"
        )
        let failing = Sections.native("failing", "/bin/false", after: "", "priority=1")
        let others = (0..<5).map { Sections.native("p\($0)", "sleep 600", after: "failing:exited", "stopwaitsecs=600") }
        let interface = String(Sections.supervisord.dropFirst(Sections.daemon.count))
        let text = Self.daemon + interface + Sections.server + listener + failing + others.joined()
        try await Supervisord.run(files: ["supervisord.conf": text]) { supervisord in
            let ending = try await supervisord.waitForEnd()
            #expect(ending == .status(0), "\(supervisord.logs)")
            #expect(!supervisord.log.contains("SIGKILL"), "\(supervisord.logs)")
        }
    }
}
