import ExecutableTesting
import Foundation
import ListenerKit
import Testing

/// Failures that shut supervisord down, and events that do not.
@Suite struct FatalExitTests {
    @Test func aProgramWithoutItsCommandEndsSupervisord() async throws {
        try await Supervisord.run(
            Sections.listener("--fatal-exit")
                + Sections.program("web", "/bin/sleep 600")
                + Sections.program("broken", "%(here)s/missing", "startretries=0")
        ) { supervisord in
            let ending = try await supervisord.waitForEnd()
            #expect(ending == .status(0), "\(supervisord.logs)")
            #expect(
                supervisord.messages == [
                    "listenerd: error: broken is FATAL: can't find command '\(supervisord.folder.path)/missing'; "
                        + "shutting down supervisord"
                ],
                "\(supervisord.logs)"
            )
            #expect(supervisord.log.contains("stopped: web (terminated by SIGTERM)"), "\(supervisord.logs)")
            #expect(supervisord.log.contains("stopped: listenerd (exit status 0)"), "\(supervisord.logs)")
        }
    }

    @Test func aProgramThatEndsAtOnceUntilItIsFatalEndsSupervisord() async throws {
        try await Supervisord.run(
            Sections.listener("--fatal-exit --log")
                + Sections.program("web", "/bin/sleep 600")
                + Sections.program("broken", "/bin/false", "startsecs=10", "startretries=1")
        ) { supervisord in
            let ending = try await supervisord.waitForEnd()
            #expect(ending == .status(0), "\(supervisord.logs)")
            #expect(supervisord.started.count { $0 == "broken" } == 2, "\(supervisord.logs)")
            #expect(supervisord.messages.count == 1, "\(supervisord.logs)")
            #expect(
                supervisord.messages.first?.hasPrefix("listenerd: error: broken is FATAL: Exited too quickly") == true
            )
        }
    }

    /// Without a server, only the number of tries tells a failure from the FATAL of a shutdown; supervisord before 4.2 counts one
    /// try less.
    @Test(arguments: [0, 1])
    func withoutAServerAProgramThatIsFatalEndsSupervisordToo(startRetries: Int) async throws {
        try await Supervisord.run(
            Sections.listener("--fatal-exit")
                + Sections.program("broken", "%(here)s/missing", "startretries=\(startRetries)"),
            server: nil
        ) { supervisord in
            let ending = try await supervisord.waitForEnd()
            #expect(ending == .status(0), "\(supervisord.logs)")
            #expect(supervisord.messages.last?.contains("broken is FATAL; sending SIGTERM to supervisord") == true)
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
            let ending = try await supervisord.waitForEnd()
            #expect(ending == .status(0), "\(supervisord.logs)")
            let line = supervisord.listenerLines.first { $0.contains("job RUNNING → EXITED") }
            #expect(line?.contains("unexpected status=7") == true, "\(supervisord.logs)")
        }
    }

    @Test func aMemberOfAChainThatFailsEndsSupervisord() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup --fatal-exit --log", "startsecs=0")
                + Sections.ordered("a", "/bin/true", priority: 1, "startnextafter=exited")
                + Sections.ordered("b", "/bin/false", priority: 2, "startsecs=10", "startretries=0")
                + Sections.ordered("c", "/bin/sleep 600", priority: 3)
        ) { supervisord in
            let ending = try await supervisord.waitForEnd()
            #expect(ending == .status(0), "\(supervisord.logs)")
            #expect(supervisord.started == ["a", "b"], "\(supervisord.logs)")
            #expect(supervisord.messages.contains { $0.hasSuffix("shutting down supervisord") }, "\(supervisord.logs)")
        }
    }

    @Test func aProgramThatWasFatalBeforeTheListenerCameEndsSupervisord() async throws {
        try await Supervisord.run(
            Sections.listener("--fatal-exit", "autostart=false")
                + Sections.program("broken", "%(here)s/missing", "startretries=0")
        ) { supervisord in
            try await supervisord.wait(forLog: "gave up: broken entered FATAL state")
            try await supervisord.rpc.startProcess("listenerd", wait: false)
            let ending = try await supervisord.waitForEnd()
            #expect(ending == .status(0), "\(supervisord.logs)")
            #expect(supervisord.messages.count == 1, "\(supervisord.logs)")
        }
    }

    @Test func aProgramThatWaitsForItsNextTryWhenSupervisordEndsIsNoFailure() async throws {
        // The failing program is stopped first, and the other one holds the shutdown up until the listener has seen that.
        try await Supervisord.run(
            Sections.listener("--fatal-exit --log")
                + Sections.program("broken", "/bin/false", "startsecs=10", "startretries=100", "priority=2")
                + Sections.program("slow", Sections.command(ignoringTERMUntil: "go"), "priority=1")
        ) { supervisord in
            try await supervisord.wait(forFile: Sections.readyFile)
            try await supervisord.wait(forLine: "slow STARTING → RUNNING")
            // The next try comes in two seconds or more; in between it is in BACKOFF.
            try await supervisord.wait(forLine: "broken STARTING → BACKOFF tries=2")
            try await supervisord.rpc.shutdown()
            try await supervisord.wait(forLine: "broken BACKOFF → FATAL")
            try supervisord.folder.write("", to: "go")
            let ending = try await supervisord.waitForEnd()
            #expect(ending == .status(0), "\(supervisord.logs)")
            #expect(supervisord.messages == [], "\(supervisord.logs)")
        }
    }

    @Test func nonfatalExitsAndStopsDoNotShutDownSupervisord() async throws {
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
            #expect(supervisord.messages == [], "\(supervisord.logs)")
        }
    }
}
