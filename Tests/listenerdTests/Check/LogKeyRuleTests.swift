import Testing

@testable import listenerd

/// The rules about keys of logs that do not go together.
@Suite struct LogKeyRuleTests {
    private func findings(_ keys: String, _ rules: [CheckRule] = CheckRules.logKeys) throws -> [String] {
        try CheckedConfiguration("[supervisord]\n[program:a]\ncommand=x\n\(keys)").findings(of: rules)
    }

    private static let bothStreams = """
        5: warning: stdout_logfile and stderr_logfile of a are both '/x', and both rotate it, which scatters and loses \
        lines; set redirect_stderr=true instead of stderr_logfile= [shared-log]
        """
    private static let noEffect = """
        warning: stderr_logfile of a has no effect with redirect_stderr=true, by which both streams go to stdout_logfile; \
        remove one of them [ineffective-key]
        """

    @Test(arguments: [
        ("stdout_logfile=/x\nstderr_logfile=/x", [bothStreams]),
        ("stdout_logfile=/x\nstderr_logfile=/x\nstdout_logfile_maxbytes=0", [bothStreams]),
        ("stdout_logfile=/x\nstderr_logfile=/x\nstdout_logfile_maxbytes=0\nstderr_logfile_maxbytes=0", []),
        ("stdout_logfile=/x\nstderr_logfile=/y", []), ("stdout_logfile=/x\nredirect_stderr=true", []),
        ("stdout_logfile=NONE\nstderr_logfile=NONE", []), ("stdout_logfile=/dev/null\nstderr_logfile=/dev/null", []),
        ("stdout_logfile=/dev/stdout\nstderr_logfile=/dev/stdout", []),
        ("stdout_logfile=/x\nstderr_logfile=/x\nredirect_stderr=true", ["5: \(noEffect)"]),
        ("redirect_stderr=true\nstderr_logfile=/y", ["5: \(noEffect)"]),
        ("redirect_stderr=true\nstderr_logfile=NONE", []), ("redirect_stderr=true\nstderr_logfile=AUTO", []),
        ("redirect_stderr=false\nstderr_logfile=/y", []),
        (
            "stdout_logfile=/x\n[program:b]\ncommand=x\nstdout_logfile=/x\n[program:c]\ncommand=x\nstderr_logfile=/x",
            [
                """
                7: warning: b writes to '/x', as a does (and 1 more), and each rotates it, which scatters and loses lines; \
                give each a log of its own [shared-log]
                """
            ]
        ),
        (
            "stdout_logfile=syslog\nstderr_logfile=SYSLOG",
            [
                """
                4: warning: stdout_logfile=syslog of a (and 1 more) is deprecated; write stdout_logfile=NONE and \
                stdout_syslog=true [deprecated-syslog]
                """
            ]
        ),
        ("stdout_logfile=NONE\nstdout_syslog=true", []), ("stdout_logfile=/var/log/syslog", []),
    ])
    func logsThatDoNotGoTogetherAreFound(keys: String, findings: [String]) throws {
        #expect(try self.findings(keys) == findings)
    }

    @Test(arguments: [
        ("port=*:9001", true), ("port=9001", true), ("port=:9001", true), ("port=0.0.0.0:9001", true),
        ("port=[::]:9001", true), ("port=127.0.0.1:9001", false), ("port=localhost:9001", false),
        ("port=10.0.0.1:9001", false), ("port=*:9001\nusername=a\npassword=b", false),
    ])
    func aServerForEverybodyIsFound(keys: String, isFound: Bool) throws {
        let found = try CheckedConfiguration("[supervisord]\n[inet_http_server]\n\(keys)").findings(
            of: CheckRules.server
        )
        #expect(
            found.count == (isFound ? 1 : 0) && found.allSatisfy { $0.hasPrefix("3: ") && $0.contains("[open-server]") }
        )
    }

    private static let looks = "supervisorctl looks for '/x', which is the socket of no server here"

    @Test(arguments: [
        ("[supervisorctl]\nserverurl=unix:///x", "3: warning: \(looks); add [unix_http_server] with file=/x"),
        (
            "[supervisorctl]\nserverurl=unix:///x\n[inet_http_server]\nport=127.0.0.1:1",
            "3: warning: \(looks); write serverurl=http://127.0.0.1:1"
        ),
        (
            "[supervisorctl]\nserverurl=unix:///x\n[unix_http_server]\nfile=/y",
            "3: warning: \(looks); write serverurl=unix:///y"
        ),
        ("[supervisorctl]\nserverurl=unix:///x\n[unix_http_server]\nfile=/x", nil),
        ("[supervisorctl]\nserverurl=unix:///run/x\n[unix_http_server]\nfile=/var/run/x", nil),
        ("[supervisorctl]\nserverurl=http://elsewhere:9001", nil),
        ("[supervisorctl]\nserverurl=unix://%(here)s/x", nil),
        ("[supervisorctl]\nprompt=x", nil),
    ])
    func aSocketThatNobodyHasIsFound(sections: String, finding: String?) throws {
        let checked = try CheckedConfiguration(
            "[supervisord]\n\(sections)\n[rpcinterface:supervisor]\nsupervisor.rpcinterface_factory=a:b"
        )
        #expect(checked.findings(of: CheckRules.server) == (finding.map { ["\($0) [unknown-server]"] } ?? []))
    }
}
