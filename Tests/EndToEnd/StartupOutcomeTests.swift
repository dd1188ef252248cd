import Foundation
import ListenerKit
import Testing

/// Starts that fail: they are not counted, and never lead to exit status 0.
@Suite struct StartupOutcomeTests {
    private static let forever = "/bin/sleep 600"
    /// Returns a program that runs and its dependent; the listener exits once everything has started.
    private static func pair(_ keys: String...) -> String {
        Sections.listener("--ordered-startup --ordered-startup-exit") + Sections.native("a", forever)
            + Sections.native("b", forever, after: "a", keys.joined(separator: "\n"))
    }

    /// Runs a test in a folder with one more file.
    private func run(_ sections: String, with file: String, _ test: (Supervisord) async throws -> Void) async throws {
        let text = [Sections.supervisord, Sections.server, sections].joined(separator: "\n")
        try await Supervisord.run(files: [Supervisord.configuration: text, file: ""], test)
    }

    /// Expects that the listener runs on until b is started by hand, and exits with 0 then.
    private func repair(_ supervisord: Supervisord) async throws {
        try await supervisord.wait(for: "listenerd", .running)
        #expect(!supervisord.log.contains("exited: listenerd"), "\(supervisord.logs)")
        try await supervisord.rpc.startProcess("b", wait: false)
        try await supervisord.wait(forLog: "exited: listenerd (exit status 0; expected)")
        #expect(supervisord.pids(of: "listenerd").count == 1, "\(supervisord.logs)")
    }

    @Test func aLogThatCannotBeOpened() async throws {
        try await run(
            Self.pair("stdout_logfile=%(here)s/log/b", "startretries=1"),
            with: "log/b/file"
        ) { supervisord in
            try await supervisord.wait(
                forLine: "listenerd: error: started 1 of 2 processes in order in "
            )
            #expect(
                supervisord.messages.last?.hasSuffix(
                    "; not started: b (FATAL, unknown error making dispatchers for 'b': EISDIR)"
                ) == true,
                "\(supervisord.logs)"
            )
            #expect(supervisord.messages.count == 1, "\(supervisord.logs)")
            try FileManager.default.removeItem(atPath: supervisord.folder.path(of: "log/b"))
            try await repair(supervisord)
        }
    }

    @Test func aLogWhoseFolderIsGone() async throws {
        try await run(
            Sections.listener("--ordered-startup --ordered-startup-exit")
                + Sections.native("a", "/bin/rm -r %(here)s/log")
                + Sections.native(
                    "b",
                    Self.forever,
                    after: "a:exited",
                    "stdout_logfile=%(here)s/log/b",
                    "startretries=0"
                ),
            with: "log/file"
        ) { supervisord in
            try await supervisord.wait(forLine: "listenerd: error: started 1 of 2 processes in order in ")
            #expect(
                supervisord.messages.last?.hasSuffix("'b': ENOENT)") == true,
                "\(supervisord.logs)"
            )
            try FileManager.default.createDirectory(
                atPath: supervisord.folder.path(of: "log"),
                withIntermediateDirectories: false
            )
            try await repair(supervisord)
        }
    }

    @Test func aCommandThatEndsTooSoon() async throws {
        try await Supervisord.run(
            Self.pair(
                "startsecs=3",
                "startretries=0",
                "command=/bin/sh -c '[ -e %(here)s/repaired ] && exec sleep 600'"
            )
        ) { supervisord in
            try await supervisord.wait(forLine: "listenerd: error: started 1 of 2 processes in order in ")
            #expect(
                supervisord.messages.last?.hasSuffix(
                    "not started: b (FATAL, Exited too quickly (process log may have details))"
                )
                    == true,
                "\(supervisord.logs)"
            )
            try supervisord.folder.write("", to: "repaired")
            try await repair(supervisord)
        }
    }

    @Test(arguments: [0, 3])
    func aDirectoryThatIsMissing(startSeconds: Int) async throws {
        let keys = ["directory=%(here)s/missing", "startsecs=\(startSeconds)", "startretries=0"]
        try await Supervisord.run(Self.pair(keys[0], keys[1], keys[2])) { supervisord in
            let text =
                startSeconds == 0 ? "b was not executed: it exited at once with status 127" : "started 1 of 2 processes"
            try await supervisord.wait(forLine: "listenerd: error: \(text)")
            try FileManager.default.createDirectory(
                atPath: supervisord.folder.path(of: "missing"),
                withIntermediateDirectories: false
            )
            try await repair(supervisord)
        }
    }

    @Test func aDirectoryThatIsMissingWhereSupervisordTriesAgainAndAgain() async throws {
        try await Supervisord.run(Self.pair("directory=%(here)s/missing", "autorestart=unexpected")) { supervisord in
            try await supervisord.wait(forLine: "b exited unexpectedly right after its start 3 times in a row")
            try FileManager.default.createDirectory(
                atPath: supervisord.folder.path(of: "missing"),
                withIntermediateDirectories: false
            )
            try await supervisord.wait(forLog: "exited: listenerd (exit status 0; expected)")
            let log = supervisord.log
            let last = log.ranges(of: "exited: b (exit status 127").last.map { log[$0.upperBound...] }
            #expect(last?.contains("exited: listenerd") == true, "\(supervisord.logs)")
        }
    }

    @Test func aOneShotThatFailsWasExecuted() async throws {
        try await Supervisord.run(Self.pair("command=/bin/sh -c 'exit 3'")) { supervisord in
            try await supervisord.wait(forLog: "exited: listenerd (exit status 0; expected)")
            #expect(supervisord.messages.count == 1, "\(supervisord.logs)")
            #expect(supervisord.messages.first?.contains("started 2 processes in order") == true, "\(supervisord.logs)")
        }
    }
}
