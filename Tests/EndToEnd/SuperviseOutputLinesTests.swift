import Foundation
import Testing

/// What programs write, as lines of one stream: `supervise --log --log-output`.
@Suite struct SuperviseOutputLinesTests {
    private static let handlers = ["--log", "--log-output"]

    /// Returns a program that runs the script of its name.
    private static func program(_ name: String, _ keys: String...) -> String {
        let keys = ["startsecs=0", "autorestart=false"] + keys
        return "[program:\(name)]\ncommand=/bin/sh %(here)s/\(name)\n\(keys.joined(separator: "\n"))\n"
    }

    @Test func linesOfTwoProgramsCanBeToldApart() async throws {
        let programs =
            Self.program("web", "stdout_logfile=/dev/stdout", "stdout_logfile_maxbytes=0")
            + Self.program("worker", "redirect_stderr=true") + Self.program("quiet", "stdout_events_enabled=false")
        let files = [
            "web": "echo from web; echo oops >&2; exec sleep 600", "worker": "echo from worker >&2; exec sleep 600",
            "quiet": "echo from quiet; echo trouble >&2; exec sleep 600",
        ]
        try await Supervise.run(Self.handlers, programs, files: files) { supervise in
            for line in ["web | from web", "web ! oops", "worker | from worker", "quiet ! trouble"] {
                try await supervise.wait(forLine: "Z \(line)\n")
            }
            let ending = try await supervise.terminateWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
            for text in ["from web", "from worker", "from quiet"] {
                #expect(!supervise.log.contains(text), "\(supervise.logs)")
            }
            // supervisord has begun no logs of its own.
            #expect(!supervise.errors.contains("from quiet"))
        }
    }

    @Test func linesAreObjectsOfJSON() async throws {
        let files = ["web": "printf '\"quoted\"\\tcaf\\303\\251\\n'; echo oops >&2; exec sleep 600"]
        let arguments = Self.handlers + ["--log-format=json"]
        try await Supervise.run(arguments, Self.program("web"), files: files) { supervise in
            try await supervise.wait(forLine: "oops")
            try await supervise.wait(forLine: "quoted")
            let objects = try supervise.errors.split(separator: "\n").map { line in
                try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
            }
            let outputs = objects.filter { $0["channel"] != nil }
            #expect(Set(outputs.compactMap { $0["message"] as? String }) == ["\"quoted\"\tcaf\u{E9}", "oops"])
            #expect(outputs.allSatisfy { $0["process"] as? String == "web" })
        }
    }

    /// The pieces of one line come as events of their own, unless supervisord is slow.
    private static let scripts: [(script: String, lines: [String])] = [
        (
            "printf 'caf\\303'; sleep 0.3; printf '\\251 \\342\\202'; sleep 0.3; printf '\\254\\n'",
            ["| caf\u{E9} \u{20AC}"]
        ),
        ("printf 'one\\ntwo'", ["| one", "| two"]),
        ("printf 'before'; printf 'crash' >&2; kill -9 $$", ["| before", "! crash"]),
        ("printf '1%%\\r50%%\\r100%%\\n'", ["| 1%", "| 50%", "| 100%"]),
        ("printf 'dos\\r\\n\\nunix\\n'", ["| dos", "| ", "| unix"]),
    ]

    @Test(arguments: scripts)
    func linesAreWhole(script: String, lines: [String]) async throws {
        try await Supervise.run(Self.handlers, Self.program("web"), files: ["web": script]) { supervise in
            try await supervise.wait(forLine: "web RUNNING → EXITED")
            let output = supervise.errors.split(separator: "\n").compactMap { line in
                line.split(separator: "Z web ", maxSplits: 1).dropFirst().first.map { String($0) }
            }
            #expect(output.filter { $0.hasPrefix("|") }.elementsEqual(lines.filter { $0.hasPrefix("|") }))
            #expect(output.filter { $0.hasPrefix("!") }.elementsEqual(lines.filter { $0.hasPrefix("!") }))
        }
    }

    @Test func theLastLineIsNotLostWhenSupervisordEnds() async throws {
        let files = ["web": "echo up; printf 'no newline'; exec sleep 600"]
        try await Supervise.run(Self.handlers, Self.program("web"), files: files) { supervise in
            try await supervise.wait(forLine: "web | up")
            let ending = try await supervise.terminateWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
            #expect(supervise.errors.contains("Z web | no newline"), "\(supervise.logs)")
        }
    }

    /// supervisord ends its listener right after the last program.
    @Test func whatProgramsWriteWhenTheyAreStoppedIsNotLost() async throws {
        let script = "trap 'echo bye; printf last; exit' TERM; echo up; while :; do sleep 0.05; done"
        let names = ["a", "b", "c"]
        let files = Dictionary(uniqueKeysWithValues: names.map { ($0, script) })
        let programs = names.map { Self.program($0) }.joined()
        try await Supervise.run(Self.handlers, programs, files: files) { supervise in
            for name in names {
                try await supervise.wait(forLine: "\(name) | up")
            }
            let ending = try await supervise.terminateWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
            // They are stopped in the reverse order. What the last one writes is lost on a machine that leaves the listener no time:
            // supervisord does not wait for it.
            for name in names.dropFirst() {
                let lines = ["Z \(name) | bye\n", "Z \(name) | last\n", "Z \(name) STOPPING → STOPPED"]
                #expect(lines.allSatisfy { supervise.errors.contains($0) }, "\(supervise.logs)")
            }
        }
    }

    /// Programs that write more than can be passed on, so that changes of state are dropped too.
    @Test func aFloodDoesNotDisturbTheStartup() async throws {
        let chain = ["a", "b", "c"]
        let programs = zip(chain, [""] + chain).map { name, before in
            Sections.native(name, "/bin/sleep 600", after: before)
        }
        let floods = (0..<5).map { number in
            Sections.program(
                "flood\(number)",
                "/bin/sh -c 'yes $(printf %%01000d 0) | head -c 4000000; exec sleep 600'",
                "stdout_events_enabled=true",
                "stdout_logfile=NONE"
            )
        }
        let listener = Sections.listener(
            "--ordered-startup --log --log-output",
            "events=PROCESS_STATE,PROCESS_LOG",
            "buffer_size=10"
        )
        try await Supervisord.run(Sections.server + listener + (floods + programs).joined()) { supervisord in
            try await supervisord.wait(for: "the last program") { supervisord.started.contains("c") }
            #expect(supervisord.log.contains("event buffer overflowed"))
            try await supervisord.wait(for: "a count of what is missing") {
                supervisord.messages.contains { $0.contains(" lost; increase buffer_size ") }
            }
        }
    }
}
