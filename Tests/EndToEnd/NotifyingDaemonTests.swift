import ExecutableTesting
import Foundation
import Testing

/// The path of a program that this machine may have; nil if it does not.
private enum Installed {
    static let systemdNotify = path(of: "systemd-notify")
    static let redis = path(of: "redis-server", "valkey-server")
    static let php = path(of: "php-fpm8.2", "php-fpm8.3", "php-fpm8.4", "php-fpm")
    static let postgres = path(of: "postgres")

    private static func path(of names: String...) -> String? {
        let folders = ["/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin", "/usr/lib/postgresql/15/bin"]
        return names.flatMap { name in folders.map { "\($0)/\(name)" } }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
    }
}

/// Daemons of this machine that tell when they are ready, if it has them.
@Suite struct NotifyingDaemonTests {
    private func run(_ command: String, _ keys: String = "", files: [String: String] = [:]) async throws {
        let text = [
            Sections.supervisord, Sections.server, Sections.listener("--ordered-startup"),
            Sections.gated(command, ready: "notify", keys: Sections.notifySocket, keys), Sections.witness(),
        ]
        try await Supervisord.run(
            files: files.merging([Supervisord.configuration: text.joined(separator: "\n")]) { $1 }
        ) { supervisord in
            _ = try await supervisord.record()
            #expect(supervisord.started == ["server", "child"], "\(supervisord.logs)")
            #expect(!supervisord.messages.contains { $0.contains("warning") }, "\(supervisord.logs)")
        }
    }

    @Test("systemd-notify, which waits until its barrier is passed", .enabled(if: Installed.systemdNotify != nil))
    func systemdNotifyIsHeard() async throws {
        let script = "sleep 0.2; systemd-notify --ready --status=up && echo told >>%(here)s/record; exec sleep 600"
        try await run("/bin/sh -c '\(script)'")
    }

    @Test("redis-server --supervised systemd", .enabled(if: Installed.redis != nil))
    func redisIsHeard() async throws {
        let redis = try #require(Installed.redis)
        try await run("\(redis) --supervised systemd --port 0 --unixsocket %(here)s/redis --dir %(here)s --save ''")
    }

    @Test("php-fpm", .enabled(if: Installed.php != nil))
    func phpIsHeard() async throws {
        let php = try #require(Installed.php)
        let user = getuid() == 0 ? "user=nobody\n" : ""
        let pool = "[global]\nerror_log=/dev/stderr\n[www]\n\(user)listen=FOLDER/fpm\npm=static\npm.max_children=1\n"
        try await Supervisord.run(
            Sections.listener("--ordered-startup")
                + Sections.native(
                    "configuration",
                    "/bin/sh -c 'printf \"\(pool.replacing("\n", with: "\\\\n").replacing("FOLDER", with: "%(here)s"))\" >%(here)s/fpm.conf'"
                )
                + Sections.gated(
                    "\(php) -F -y %(here)s/fpm.conf",
                    ready: "notify",
                    after: "configuration:completed",
                    keys: Sections.notifySocket
                ) + Sections.witness()
        ) { supervisord in
            _ = try await supervisord.record()
        }
    }

    @Test("PostgreSQL", .enabled(if: Installed.postgres != nil && (getuid() != 0 || getpwnam("postgres") != nil)))
    func postgresIsHeard() async throws {
        let postgres = try #require(Installed.postgres)
        let programs = URL(filePath: postgres).resolvingSymlinksInPath().deletingLastPathComponent().path
        let user = getuid() == 0 ? "user=postgres" : ""
        // A folder of its own, because the one of the test belongs to the user of the test.
        let data = "/tmp/listenerd-postgres-\(UUID().uuidString.prefix(8))"
        defer { try? FileManager.default.removeItem(atPath: data) }
        try await Supervisord.run(
            Sections.listener("--ordered-startup")
                + Sections.native("initdb", "\(programs)/initdb -N -D \(data)", after: "", user)
                + Sections.gated(
                    "\(programs)/postgres -D \(data) -c listen_addresses= -k \(data)",
                    ready: "notify",
                    after: "initdb:completed",
                    keys: Sections.notifySocket,
                    user,
                    "stopsignal=INT"
                ) + Sections.witness()
        ) { supervisord in
            _ = try await supervisord.record()
            #expect(supervisord.started == ["initdb", "server", "child"], "\(supervisord.logs)")
        }
    }
}
