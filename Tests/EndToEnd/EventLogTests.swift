import Foundation
import ListenerKit
import Testing

/// The lines of `--log`.
@Suite struct EventLogTests {
    private static let programs =
        Sections.program("job", "/bin/sh -c 'exit 3'", "startsecs=0", "autorestart=false")
        + Sections.program("broken", "%(here)s/missing", "startretries=0")

    @Test func everyTransitionIsALineOfText() async throws {
        try await Supervisord.run(Sections.listener("--log") + Self.programs) { supervisord in
            try await supervisord.wait(for: "all lines") { supervisord.listenerLines.count >= 8 }
            let time = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z"
            let patterns = [
                "\(time) listenerd STOPPED → STARTING",
                "\(time) broken STOPPED → STARTING",
                "\(time) broken STARTING → BACKOFF tries=1( after [0-9.]+s)?: can't find command '.*/missing'",
                "\(time) broken BACKOFF → FATAL( after [0-9.]+s)?: can't find command '.*/missing'",
                "\(time) job STOPPED → STARTING",
                "\(time) job STARTING → RUNNING pid=[0-9]+( after [0-9.]+s)?",
                "\(time) job RUNNING → EXITED unexpected status=3 pid=[0-9]+ after [0-9.]+s",
                "\(time) listenerd STARTING → RUNNING pid=[0-9]+ after [0-9.]+s",
            ]
            let lines = supervisord.listenerLines
            for pattern in patterns {
                let expression = try Regex(pattern)
                #expect(lines.count { $0.wholeMatch(of: expression) != nil } == 1, "\(pattern)\n\(supervisord.logs)")
            }
        }
    }

    @Test func everyTransitionIsAnObjectOfJSON() async throws {
        try await Supervisord.run(Sections.listener("--log --log-format json") + Self.programs) { supervisord in
            try await supervisord.wait(for: "all lines") { supervisord.changes.count >= 8 }
            let objects = try supervisord.listenerLines.map { line in
                let object = try JSONSerialization.jsonObject(with: Data(line.utf8))
                return try #require(object as? [String: Any], "\(line)")
            }
            let exited = try #require(objects.first { $0["event"] as? String == "PROCESS_STATE_EXITED" })
            #expect(exited["process"] as? String == "job")
            #expect(exited["pool"] as? String == "listenerd")
            #expect(exited["expected"] as? Bool == false)
            #expect(exited["exitstatus"] as? Int == 3)
            #expect(exited["pid"] as? Int == supervisord.pids(of: "job").first.map { Int($0) })
            let serials = objects.compactMap { $0["poolserial"] as? Int }
            #expect(serials == Array(serials.indices), "\(supervisord.logs)")
            #expect(objects.contains { $0["event"] as? String == "LISTENERD_SNAPSHOT" }, "\(supervisord.logs)")
            let line = try #require(supervisord.changes.first { $0.contains("EXITED") })
            #expect(
                line.matches(of: /"([a-z]+)":/).map { String($0.1) } == [
                    "time", "level", "event", "server", "pool", "serial", "poolserial", "process", "group", "from",
                    "pid", "expected", "exitstatus", "uptime", "host", "message",
                ]
            )
        }
    }

    @Test func everyTransitionIsALineOfLogfmt() async throws {
        try await Supervisord.run(Sections.listener("--log --log-format=logfmt") + Self.programs) { supervisord in
            try await supervisord.wait(for: "all lines") { supervisord.changes.count >= 8 }
            let exited = try #require(supervisord.changes.first { $0.contains("EXITED") })
            let pattern = """
                time=\\S+Z level=error event=PROCESS_STATE_EXITED server=supervisor pool=listenerd serial=[0-9]+ poolserial=[0-9]+ \
                process=job group=job from=RUNNING pid=[0-9]+ expected=false exitstatus=3 uptime=[0-9]+\\.[0-9]{3} host=\\S+ \
                message="job RUNNING → EXITED unexpected status=3 pid=[0-9]+ after [0-9.]+s"
                """
            #expect(exited.wholeMatch(of: try Regex(pattern)) != nil, "\(exited)")
            let backoff = try #require(supervisord.changes.first { $0.contains("BACKOFF ") })
            #expect(backoff.contains(#" spawnerr="can't find command "#), "\(backoff)")
        }
    }

    @Test func programOutputCannotForgeALogLine() async throws {
        try await Supervisord.run(
            Sections.listener("--log --log-events PROCESS_LOG", "events=EVENT")
                + Sections.program(
                    "liar",
                    #"/usr/bin/printf 'one\ntwo\033[31m caf\303\251\n'"#,
                    "startsecs=0",
                    "autorestart=false",
                    "stdout_events_enabled=true"
                )
        ) { supervisord in
            try await supervisord.wait(forLine: "liar")
            #expect(supervisord.listenerLines.count == 1, "\(supervisord.logs)")
            #expect(
                supervisord.listenerLines[0].contains(
                    /PROCESS_LOG_STDOUT liar pid=[0-9]+: one\\ntwo\\u001b\[31m café\\n$/
                ),
                "\(supervisord.logs)"
            )
        }
    }

    @Test func theFileIsOpenedAnewWhenItHasBeenMovedAway() async throws {
        try await Supervisord.run(
            Sections.listener("--log --log-file %(here)s/events.log") + Sections.program("web", "/bin/sleep 600")
        ) { supervisord in
            let folder = supervisord.folder
            try await supervisord.wait(for: "web RUNNING in the log") {
                folder.text(of: "events.log").contains("web STARTING → RUNNING")
            }
            try FileManager.default.moveItem(atPath: folder.path(of: "events.log"), toPath: folder.path(of: "old.log"))
            supervisord.send(SIGUSR2, to: "listenerd")
            try await supervisord.wait(for: "a new file") {
                FileManager.default.fileExists(atPath: folder.path(of: "events.log"))
            }
            try await supervisord.rpc.stopProcess("web")
            try await supervisord.wait(for: "a line in the new file") {
                folder.text(of: "events.log").contains("web STOPPING → STOPPED")
            }
            #expect(!folder.text(of: "old.log").contains("→ STOPPED"), "\(supervisord.logs)")
            #expect(supervisord.listenerLines == [], "\(supervisord.logs)")
        }
    }

    @Test func aFullDiskIsReportedOnceAndTheListenerGoesOn() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup --log --log-file /dev/full")
                + Sections.ordered("a", "/bin/true", priority: 1, "startnextafter=exited")
                + Sections.ordered("b", "/bin/sleep 600", priority: 2, "startsecs=1")
                + Sections.ordered("c", "/bin/sleep 600", priority: 3)
        ) { supervisord in
            try await supervisord.wait(forLine: "started 3 processes in order")
            try await supervisord.wait(
                forLine: "listenerd: error: lines are missing from the log: cannot write to '/dev/full': No space "
                    + "left on device"
            )
            #expect(supervisord.messages.count == 2, "\(supervisord.logs)")
            try await supervisord.terminate()
            let last = try #require(supervisord.listenerLines.last)
            #expect(last.contains(/^listenerd: warning: [0-9]+ lines are missing at the end of the log$/))
            #expect(supervisord.listenerLines.count == 3, "\(supervisord.logs)")
        }
    }

    /// Its own standard output belongs to the protocol.
    @Test func standardOutputAsAFileIsWhereStandardErrorGoes() async throws {
        try await Supervisord.run(
            Sections.listener("--log --log-file /dev/stdout") + Sections.program("web", "/bin/sleep 600")
        ) { supervisord in
            try await supervisord.wait(forLine: "web STARTING → RUNNING")
            #expect(!supervisord.log.contains("UNKNOWN"), "\(supervisord.logs)")
        }
    }

    @Test func aFileThatCannotBeOpenedEndsTheListenerWithASentence() async throws {
        try await Supervisord.run(
            Sections.listener("--log --log-file %(here)s/none/events.log", "startsecs=10", "startretries=0")
        ) { supervisord in
            try await supervisord.wait(forLog: "exited: listenerd (exit status 71; not expected)")
            #expect(
                supervisord.listenerLines == [
                    "listenerd: error: cannot open '\(supervisord.folder.path)/none/events.log' for appending: "
                        + "No such file or directory; create the directory first"
                ]
            )
        }
    }
}

extension Supervisord {
    /// The lines of the log about changes of state.
    fileprivate var changes: [String] { listenerLines.filter { $0.contains("PROCESS_STATE_") } }
}
