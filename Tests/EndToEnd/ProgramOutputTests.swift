import Foundation
import ListenerKit
import Testing

/// The lines of `--log-output`.
@Suite struct ProgramOutputTests {
    private static let withOutput = ["stdout_events_enabled=true", "stderr_events_enabled=true", "autorestart=false"]

    private static func listener(_ arguments: String) -> String {
        Sections.listener(
            "--log --log-output \(arguments)",
            "events=PROCESS_STATE,PROCESS_LOG,PROCESS_COMMUNICATION",
            "buffer_size=10000"
        )
    }

    private static func program(_ name: String, _ script: String, _ keys: String...) -> String {
        let lines = (Self.withOutput + ["startsecs=0"] + keys).joined(separator: "\n")
        return Sections.program(name, "/bin/sh -c '\(script)'", lines)
    }

    @Test func eachProgramHasLinesOfItsOwn() async throws {
        try await Supervisord.run(
            Self.listener("--log-file %(here)s/events.log")
                + Self.program("web", #"printf "one\ntw"; sleep 0.2; printf "o\nlast"; printf "oh no\n" >&2"#)
        ) { supervisord in
            try await supervisord.wait(for: "web EXITED in the log") {
                supervisord.folder.text(of: "events.log").contains("web RUNNING → EXITED")
            }
            let lines = supervisord.folder.lines(of: "events.log")
            let output = lines.filter { $0.contains(" web | ") }.map { $0.suffix(4) }
            #expect(output == [" one", " two", "last"], "\(supervisord.logs)")
            #expect(lines.count { $0.hasSuffix(" web ! oh no") } == 1)
            #expect(!lines.contains { $0.contains("PROCESS_LOG") })
            let end = try #require(lines.firstIndex { $0.contains("web RUNNING → EXITED") })
            #expect(lines[..<end].contains { $0.hasSuffix(" web | last") })
        }
    }

    @Test func theLastLineIsWrittenWhenTheListenerEnds() async throws {
        try await Supervisord.run(
            Self.listener("--log-format json --log-file %(here)s/events.log")
                + Self.program("web", #"printf "begun\nhalf"; exec sleep 600"#)
        ) { supervisord in
            func messages() -> [String] {
                supervisord.folder.lines(of: "events.log").compactMap { line in
                    let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
                    return object?["channel"] == nil ? nil : object?["message"] as? String
                }
            }
            try await supervisord.wait(for: "the first line") { messages() == ["begun"] }
            try await supervisord.rpc.stopProcess("listenerd")
            #expect(messages() == ["begun", "half"], "\(supervisord.logs)")
        }
    }

    @Test func noLineIsLostWhileTheFileIsMovedAwayAgainAndAgain() async throws {
        let count = 200_000
        try await Supervisord.run(
            Self.listener("--log-events PROCESS_LOG --log-file %(here)s/events.log")
                + Self.program("web", "seq \(count)")
        ) { supervisord in
            let folder = supervisord.folder
            var names: [String] = []
            for number in 1...5 {
                try await supervisord.wait(for: "lines in a new file") { !folder.text(of: "events.log").isEmpty }
                names.append("old\(number).log")
                try FileManager.default.moveItem(
                    atPath: folder.path(of: "events.log"),
                    toPath: folder.path(of: "old\(number).log")
                )
                supervisord.send(SIGUSR2, to: "listenerd")
                try await supervisord.wait(for: "a new file") {
                    FileManager.default.fileExists(atPath: folder.path(of: "events.log"))
                }
                if (names + ["events.log"]).contains(where: { folder.text(of: $0).hasSuffix(" \(count)\n") }) {
                    break
                }
            }
            names.append("events.log")
            try await supervisord.wait(for: "the last line") {
                names.contains { folder.text(of: $0).hasSuffix(" \(count)\n") }
            }
            let lines = names.flatMap { folder.lines(of: $0) }
            #expect(lines.count == count)
            #expect(zip(lines, 1...).allSatisfy { $0.hasSuffix(" web | \($1)") }, "\(supervisord.logs)")
        }
    }

    @Test func aFullFileLosesLinesAndCountsThem() async throws {
        let count = 3000
        let options =
            "--log --log-output --log-events PROCESS_LOG --log-file %(here)s/events.log "
            + "--log-metrics %(here)s/metrics"
        try await Supervisord.run(
            Self.listener("").replacing(
                "command=%(ENV_LISTENERD)s --log --log-output ",
                with: "command=/bin/sh -c 'ulimit -f 20; exec %(ENV_LISTENERD)s \(options)'"
            ) + Self.program("web", "seq \(count)") + Self.program("later", "echo later", "autostart=false")
        ) { supervisord in
            let folder = supervisord.folder
            try await supervisord.wait(
                forLine: "listenerd: error: lines are missing from the log: cannot write to "
                    + "'\(folder.path(of: "events.log"))': File too large"
            )
            // Events are handled in their order: what has counted the exit has heard every line before it.
            try await supervisord.wait(for: "web's exit in the metrics") {
                folder.text(of: "metrics").split(separator: "\n").contains {
                    $0.hasPrefix("supervisord_process_exits_total{") && $0.contains(#"name="web""#)
                        && $0.hasSuffix(" 1")
                }
            }
            let written = folder.text(of: "events.log")
            #expect(written.hasSuffix("\n"))
            #expect(zip(folder.lines(of: "events.log"), 1...).allSatisfy { $0.hasSuffix(" web | \($1)") })
            let lines = folder.lines(of: "events.log").count
            // As logrotate's copytruncate does.
            #expect(truncate(folder.path(of: "events.log"), 0) == 0)
            try await supervisord.rpc.startProcess("later")
            try await supervisord.wait(forLine: "writing to the log again")
            let now = folder.lines(of: "events.log")
            #expect(now.count == 2 && now.last?.hasSuffix(" later | later") == true, "\(now)")
            #expect(
                now.first == "listenerd: warning: \(count - lines) lines are missing here: "
                    + "they could not be written"
            )
            #expect(supervisord.messages.count == 2, "\(supervisord.logs)")
        }
    }
}
