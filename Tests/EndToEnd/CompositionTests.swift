import ExecutableTesting
import Foundation
import ListenerKit
import Testing

/// A composed configuration under a real supervisord.
@Suite struct CompositionTests {
    /// Returns a command that writes some words, which supervisord expands, and runs on.
    private static func writing(_ words: String) -> String {
        "/bin/sh -c 'echo \(words); exec sleep 600'"
    }

    /// No file ends with a newline, and the folder's name has a space, which would end a pattern of `files=`.
    private static let files = [
        "my base/supervisord.conf": """
        [supervisord]
        logfile=/dev/null
        logfile_maxbytes=0
        pidfile=%(here)s/supervisord.pid
        childlogdir=%(here)s
        \(getuid() == 0 ? "user=root" : "")
        environment=GREETING="100%%%%"
        [include]
        files=conf.d/*.conf
        [supervisorctl]
        prompt=test
        [program:base]
        command=\(writing("base %(here)s %(ENV_GREETING)s"))
        stdout_logfile=%(here)s/base.log
        """,
        "my base/conf.d/extra.conf":
            "[program:extra]\ncommand=\(writing("extra %(here)s"))\nstdout_logfile=%(here)s/extra.log",
        "my base/common.conf": """
        stdout_logfile=%(here)s/%(program_name)s.log
        stdout_logfile_maxbytes=0
        autorestart=false
        """,
        "my base/roles/web.conf": "[program:web]\ncommand=\(writing("web %(here)s"))",
        "my base/roles/worker/a.conf": """
        [program:one]
        command=\(writing("one %(here)s"))
        [program:two]
        command=\(writing("two %(here)s"))
        stdout_logfile=%(here)s/own.log
        autostart=false
        startafter=one
        """,
        "my base/roles/worker/b.conf": "[program:three]\ncommand=\(writing("three"))",
        "my base/roles/other.conf": "[program:other]\ncommand=\(writing("other"))",
    ]

    private static func composing(_ arguments: String...) -> [String] {
        ["-c", "%(here)s/my base/supervisord.conf", "--roles", "web, worker,web"] + arguments
    }

    @Test func everyFileKeepsItsMeaning() async throws {
        try await Supervisord.run(
            files: Self.files,
            composedBy: Self.composing("--ordered-startup", "--log", "--log-file", "%(here)s/listener.log")
        ) { supervisord in
            let base = supervisord.folder.path(of: "my base")
            let outputs = [
                "base.log": "base \(base) 100%", "conf.d/extra.log": "extra \(base)/conf.d",
                "web.log": "web \(base)/roles", "one.log": "one \(base)/roles/worker",
                "roles/worker/own.log": "two \(base)/roles/worker", "three.log": "three",
            ]
            for (name, line) in outputs {
                try await supervisord.wait(for: "'\(line)' in \(name)") {
                    supervisord.folder.lines(of: "my base/\(name)") == [line]
                }
            }
            #expect(supervisord.started.sorted() == ["base", "extra", "one", "three", "two", "web"])
            #expect(supervisord.started.last == "two", "\(supervisord.logs)")
            try await supervisord.wait(forLine: "two STARTING → RUNNING")
        }
    }

    @Test func thePrivateServerAnswersOursAndSupervisorctl() async throws {
        try await Supervisord.run(files: Self.files, composedBy: Self.composing()) { supervisord in
            try await supervisord.wait(forStarts: 5)
            let socket = supervisord.folder.path(of: "supervisor.sock")
            let ours = Supervisor(endpoint: try Endpoint("unix://\(socket)"), timeout: waitTimeout)
            #expect(try await ours.allProcessInfo().count == 6)
            let client = URL(filePath: try TestedExecutable.supervisord).deletingLastPathComponent()
            let asking = try RunningProgram(
                client.appending(path: "supervisorctl").path,
                ["-c", supervisord.folder.path(of: "supervisord.conf"), "status", "two"],
                output: supervisord.folder.path(of: "answer")
            )
            _ = try await asking.waitForEnd()
            #expect(supervisord.folder.text(of: "answer").hasPrefix("two "), "\(supervisord.folder.text(of: "answer"))")
        }
    }

    @Test func aChangeOfTheBaseIsSeenAtAReload() async throws {
        try await Supervisord.run(files: Self.files, composedBy: Self.composing()) { supervisord in
            try await supervisord.wait(forStarts: 5)
            try supervisord.folder.write("[program:late]\ncommand=sleep 600", to: "my base/conf.d/late.conf")
            supervisord.send(SIGHUP)
            try await supervisord.wait(forLog: "spawned: 'late'")
        }
    }

    @Test func listenerOutputAppearsInTheOutputOfSupervisord() async throws {
        try await Supervisord.run(files: Self.files, composedBy: Self.composing("--log")) { supervisord in
            try await supervisord.wait(forLog: "web STARTING → RUNNING")
        }
    }
}
