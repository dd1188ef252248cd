import Foundation
import Testing

/// Gates that look at a path: `file://`.
@Suite struct GateFileTests {
    private static let gate = "file://%(here)s/up"

    /// Returns a program that records something and does something else once a file exists, and one that waits for it.
    private static func programs(_ action: String, once file: String = "go", _ keys: String...) -> String {
        let command =
            "/bin/sh -c 'until [ -e %(here)s/\(file) ]; do sleep 0.05; done; echo ready >>%(here)s/record; \(action); "
            + "exec sleep 600'"
        return Sections.gated(command, ready: gate, keys: keys.joined(separator: "\n")) + Sections.witness()
    }

    @Test(arguments: ["touch %(here)s/up", "mkdir %(here)s/up", "ln -s /etc %(here)s/up"])
    func aPathThatAppearsLate(action: String) async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup") + Self.programs(action)
        ) { supervisord in
            try await supervisord.wait(forStatus: "server", "no such file")
            try supervisord.create("go")
            let record = try await supervisord.record()
            #expect(record == ["ready"], "\(supervisord.logs)")
        }
    }

    @Test(arguments: ["touch %(here)s/up", "echo again >%(here)s/up", "rm %(here)s/up; touch %(here)s/up"])
    func aFileOfTheLastRunDoesNotCount(action: String) async throws {
        let text = [
            Sections.supervisord, Sections.server, Sections.listener("--ordered-startup"), Self.programs(action),
        ]
        let files = [Supervisord.configuration: text.joined(separator: "\n"), "up": "of the last run"]
        try await Supervisord.run(files: files) { supervisord in
            try await supervisord.wait(forStatus: "server", "older than")
            try supervisord.create("go")
            let record = try await supervisord.record()
            #expect(record == ["ready"], "\(supervisord.logs)")
        }
    }

    @Test func aFolderOfTheLastRunCounts() async throws {
        let text = [
            Sections.supervisord, Sections.server, Sections.listener("--ordered-startup"), Self.programs("true"),
        ]
        let files = [Supervisord.configuration: text.joined(separator: "\n"), "up/file": ""]
        try await Supervisord.run(files: files) { supervisord in
            let record = try await supervisord.record()
            #expect(record == [], "\(supervisord.logs)")
        }
    }

    @Test func aFileOfTheProcessBeforeARestartDoesNotCount() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup")
                + Self.programs("touch %(here)s/up", "autorestart=true")
        ) { supervisord in
            try supervisord.create("go")
            _ = try await supervisord.record()
            try FileManager.default.removeItem(atPath: supervisord.folder.path(of: "go"))
            supervisord.send(SIGKILL, to: "server")
            try await supervisord.wait(forLog: "spawned: 'server'", times: 2)
            try await supervisord.wait(forStatus: "server", "older than")
            try supervisord.create("go")
            try await supervisord.wait(for: "a status of 0") { try await supervisord.status().isUp }
            #expect(supervisord.record == ["ready", "ready"], "\(supervisord.logs)")
        }
    }
}
