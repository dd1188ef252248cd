import ExecutableTesting
import Foundation
import ListenerKit
import Testing

/// What ends supervisord, and what does not.
@Suite struct FatalExitTests {
    @Test func aProgramWithoutItsCommandEndsSupervisord() async throws {
        try await Supervisord.run(
            Sections.listener("--fatal-exit")
                + Sections.program("web", "/bin/sleep 600")
                + Sections.program("broken", "%(here)s/missing", "startretries=0")
        ) { supervisord in
            let ending = try await supervisord.end()
            #expect(ending == .status(0), "\(supervisord.story)")
            #expect(
                supervisord.sayings == [
                    "listenerd: error: broken is FATAL: can't find command '\(supervisord.folder.path)/missing'; "
                        + "shutting down supervisord"
                ],
                "\(supervisord.story)"
            )
            #expect(supervisord.log.contains("stopped: web (terminated by SIGTERM)"), "\(supervisord.story)")
            #expect(supervisord.log.contains("stopped: listenerd (exit status 0)"), "\(supervisord.story)")
        }
    }

    @Test func aProgramThatEndsAtOnceUntilItIsFatalEndsSupervisord() async throws {
        try await Supervisord.run(
            Sections.listener("--fatal-exit --log")
                + Sections.program("web", "/bin/sleep 600")
                + Sections.program("broken", "/bin/false", "startsecs=10", "startretries=1")
        ) { supervisord in
            let ending = try await supervisord.end()
            #expect(ending == .status(0), "\(supervisord.story)")
            #expect(supervisord.started.count { $0 == "broken" } == 2, "\(supervisord.story)")
            #expect(supervisord.sayings.count == 1, "\(supervisord.story)")
            #expect(
                supervisord.sayings.first?.hasPrefix("listenerd: error: broken is FATAL: Exited too quickly") == true
            )
        }
    }

    /// Without a server, only the number of tries tells FATAL from what supervisord does while it stops; versions before 4.2 count
    /// one less.
    @Test(arguments: [0, 1])
    func withoutAServerAProgramThatIsFatalEndsSupervisordToo(startRetries: Int) async throws {
        try await Supervisord.run(
            Sections.listener("--fatal-exit")
                + Sections.program("broken", "%(here)s/missing", "startretries=\(startRetries)"),
            server: nil
        ) { supervisord in
            let ending = try await supervisord.end()
            #expect(ending == .status(0), "\(supervisord.story)")
            #expect(supervisord.sayings.last?.contains("broken is FATAL; shutting down supervisord by SIGTERM") == true)
        }
    }

    @Test func theLogKnowsTheStatusThatEndsSupervisord() async throws {
        try await Supervisord.run(
            Sections.listener("--log --fatal-exit --fatal-exit-on=unexpected-exit", "startsecs=0")
                + Sections.program(
                    "job",
                    "/bin/sh -c 'until [ -e %(here)s/go ]; do sleep 0.05; done; exit 7'",
                    "startsecs=0",
                    "autorestart=false"
                )
        ) { supervisord in
            try await supervisord.wait(forLine: "job STARTING → RUNNING")
            try supervisord.folder.write("", to: "go")
            let ending = try await supervisord.end()
            #expect(ending == .status(0), "\(supervisord.story)")
            let line = supervisord.listenerLines.first { $0.contains("job RUNNING → EXITED") }
            #expect(line?.contains("unexpected status=7") == true, "\(supervisord.story)")
        }
    }

    @Test func aMemberOfAChainThatFailsEndsSupervisord() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup --fatal-exit --log", "startsecs=0")
                + Sections.member("a", "/bin/true", priority: 1, "startnextafter=exited")
                + Sections.member("b", "/bin/false", priority: 2, "startsecs=10", "startretries=0")
                + Sections.member("c", "/bin/sleep 600", priority: 3)
        ) { supervisord in
            let ending = try await supervisord.end()
            #expect(ending == .status(0), "\(supervisord.story)")
            #expect(supervisord.started == ["a", "b"], "\(supervisord.story)")
            #expect(supervisord.sayings.contains { $0.hasSuffix("shutting down supervisord") }, "\(supervisord.story)")
        }
    }

    @Test func aProgramThatWasFatalBeforeTheListenerCameEndsSupervisord() async throws {
        try await Supervisord.run(
            Sections.listener("--fatal-exit", "autostart=false")
                + Sections.program("broken", "%(here)s/missing", "startretries=0")
        ) { supervisord in
            try await supervisord.wait(forLog: "gave up: broken entered FATAL state")
            try await supervisord.rpc.startProcess("listenerd", wait: false)
            let ending = try await supervisord.end()
            #expect(ending == .status(0), "\(supervisord.story)")
            #expect(supervisord.sayings.count == 1, "\(supervisord.story)")
        }
    }

    @Test func aProgramThatWaitsForItsNextTryWhenSupervisordEndsIsNoFailure() async throws {
        // The program that fails is stopped first, and the next one takes its time, so that the listener sees all of it.
        try await Supervisord.run(
            Sections.listener("--fatal-exit --log")
                + Sections.program("broken", "/bin/false", "startsecs=10", "startretries=100", "priority=2")
                + Sections.program("slow", Sections.stubborn(until: "go"), "priority=1")
        ) { supervisord in
            try await supervisord.wait(forFile: Sections.stubbornness)
            try await supervisord.wait(forLine: "slow STARTING → RUNNING")
            // From now on it waits for two seconds.
            try await supervisord.wait(forLine: "broken STARTING → BACKOFF tries=2")
            try await supervisord.rpc.shutdown()
            try await supervisord.wait(forLine: "broken BACKOFF → FATAL")
            try supervisord.folder.write("", to: "go")
            let ending = try await supervisord.end()
            #expect(ending == .status(0), "\(supervisord.story)")
            #expect(supervisord.sayings == [], "\(supervisord.story)")
        }
    }

    @Test func whatEndsOrIsStoppedWithoutBeingFatalDoesNotEndSupervisord() async throws {
        try await Supervisord.run(
            Sections.listener("--fatal-exit --log")
                + Sections.program("job", "/bin/false", "startsecs=0", "autorestart=false")
                + Sections.program("web", "/bin/sleep 600")
        ) { supervisord in
            try await supervisord.wait(forLine: "job RUNNING → EXITED unexpected status=1")
            try await supervisord.rpc.stopProcess("web")
            try await supervisord.wait(forLine: "web STOPPING → STOPPED")
            try await supervisord.rpc.startProcess("web")
            try await supervisord.wait(forLine: "web STARTING → RUNNING", times: 2)
            #expect(supervisord.sayings == [], "\(supervisord.story)")
        }
    }
}
