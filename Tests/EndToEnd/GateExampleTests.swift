import ExecutableTesting
import Foundation
import Testing

/// The examples of gates in Documentation/gates.md, with programs of the tests and with ports that are free.
@Suite struct GateExampleTests {
    /// Returns the block of the page that contains a line.
    private static func block(with line: String) throws -> String {
        try DocumentationPage("Documentation/gates.md").block(with: line).text
    }

    /// Replaces texts, each of which must occur once.
    private static func replace(_ replacements: [String: String], in text: String) -> String {
        replacements.reduce(text) { text, replacement in
            #expect(text.occurrences(of: replacement.key) == 1, "\(replacement.key)")
            return text.replacing(replacement.key, with: replacement.value)
        }
    }

    /// The programs of the example.
    private static func programs(database: Int, web: Int) throws -> String {
        let script = "echo migrated >>%(here)s/record"
        return replace(
            [
                "/usr/lib/postgresql/16/bin/postgres -D /var/lib/postgresql/data":
                    "\(GateProgram.server) tcp4:\(database) accept\nenvironment=LISTEN_AFTER=\"0.5\"",
                "user=postgres\n": "",
                "tcp://127.0.0.1:5432": "tcp://127.0.0.1:\(database)",
                "/app/migrate": "/bin/sh -c '\(script)'",
                "/app/web": "\(GateProgram.server) tcp4:\(web) 503 200",
                "http://127.0.0.1:8080/": "http://127.0.0.1:\(web)/",
                "/app/worker": #"\#(GateProgram.speak) 'worker 7 ' wait:go record:worker 'is ready\n'"#,
                "/usr/sbin/nginx -g \"daemon off;\"": Sections.witnessCommand("proxy"),
            ],
            in: try block(with: "ready=tcp://127.0.0.1:5432")
        )
    }

    private static func expectOrder(_ run: some SupervisedRun) async throws {
        try await run.wait(forRecord: "200 GET /health")
        #expect(!run.started.contains("proxy"), "\(run.logs)")
        try run.create("go")
        let record = try await run.record(seenBy: "proxy")
        #expect(record.first == "listening", "\(run.logs)")
        #expect(record.last == "worker", "\(run.logs)")
        let migrated = try #require(record.firstIndex(of: "migrated"))
        let unready = try #require(record.firstIndex(of: "503 GET /health"))
        #expect(migrated < unready, "\(run.logs)")
        #expect(run.started.first == "database" && run.started.last == "proxy", "\(run.logs)")
    }

    @Test func theFourCasesWithAListener() async throws {
        try await ReservedPort.use { database in
            try await ReservedPort.use { web in
                try await Supervisord.run(
                    Sections.listener("--ordered-startup", Sections.gateEvents)
                        + Self.programs(database: database, web: web)
                ) { try await Self.expectOrder($0) }
            }
        }
    }

    @Test func theFourCasesUnderSupervise() async throws {
        try await ReservedPort.use { database in
            try await ReservedPort.use { web in
                try await Supervise.run(
                    ["--ordered-startup"],
                    try Self.programs(database: database, web: web)
                ) { try await Self.expectOrder($0) }
            }
        }
    }

    @Test func aSocketForNotifications() async throws {
        let keys = Self.replace(
            ["/run/listenerd-notify": "%(here)s/notify"],
            in: try Self.block(with: "ready=notify")
        )
        try await Supervisord.run(
            Sections.listener("--ordered-startup")
                + Sections.native("database", "\(GateProgram.notify) self record:ready READY=1", after: "", keys)
                + Sections.witness(after: "database")
        ) { supervisord in
            let record = try await supervisord.record()
            #expect(record == ["ready"], "\(supervisord.logs)")
        }
    }
}
