import ExecutableTesting
import Foundation
import Testing

/// The files that `listenerd check FILE...` reads, and how.
@Suite struct CheckFilesTests {
    private static let program = "[program:p]\ncommand=sleep\n"

    /// Runs `check` in a folder with some files.
    private func check(
        _ files: [String: String],
        _ arguments: [String],
        environment: [String: String] = [:],
        input: String = ""
    ) async throws -> Outcome {
        let folder = try TestFolder()
        for (name, text) in files {
            if let slash = name.firstIndex(of: "/") {
                let path = folder.path(of: String(name[..<slash]))
                try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            }
            try folder.write(text, to: name)
        }
        return try await Outcome(
            of: ["check"] + arguments,
            environment: environment,
            input: input,
            in: folder.path
        )
    }

    /// The lines without their messages: `FILE:LINE: severity [rule]`.
    private func findings(_ outcome: Outcome) -> [String] {
        outcome.output.split(separator: "\n").map { line in
            let parts = line.split(separator: " ")
            return parts.prefix(2).joined(separator: " ") + " " + (parts.last ?? "")
        }
    }

    @Test func fragmentsSayNothingAboutTheFileThatIncludesThem() async throws {
        let fragment = """
            [program:a]
            command=sleep
            autostart=false
            startafter=elsewhere
            [group:g]
            programs=a,elsewhere
            [eventlistener:l]
            command=listenerd --ordered-startup --fatal-exit --fatal-exit-programs elsewhere
            events=PROCESS_STATE,SOME_PLUGINS_EVENT
            buffer_size=100
            startsecs=2

            """
        let outcome = try await check(["conf.d/a.conf": fragment], ["conf.d/a.conf"])
        #expect(findings(outcome) == ["conf.d/a.conf:9: warning: [unknown-event]"])
        #expect(outcome.ending == .status(0))
    }

    @Test func fragmentsOfOneFolderBelongTogether() async throws {
        let files = [
            "x/a.conf": Self.program, "x/b.conf": Self.program, "x/c.ini": Self.program, "y/a.conf": Self.program,
        ]
        let outcome = try await check(files, ["y/a.conf", "x/b.conf", "x/a.conf", "x/c.ini"])
        #expect(findings(outcome) == ["x/b.conf:2: warning: [repeated-key]"])
    }

    @Test func whatAConfigurationIncludesIsReadOnce() async throws {
        let files = [
            "s.conf": "[supervisord]\n[include]\nfiles=conf.d/*.conf\n[group:g]\nprograms=p,q\n",
            "conf.d/p.conf": "\(Self.program)startsec=1\n", "conf.d/q.conf": "[program:q]\ncommand=sleep\n",
        ]
        let outcome = try await check(files, ["conf.d/p.conf", "s.conf", "./conf.d/q.conf", "s.conf"])
        #expect(findings(outcome) == ["conf.d/p.conf:3: warning: [unknown-key]"])
    }

    @Test func problemsFollowTheOrderOfTheFiles() async throws {
        let files = [
            "b.conf": "[supervisord]\nnodaemn=true\n[program:x]\ncommand=\"\n", "a.conf": "[supervisord]\nx\n",
            "f.conf": "nonsense\n", "g.conf": "\(Self.program)startsec=1\n",
        ]
        let outcome = try await check(files, ["g.conf", "f.conf", "missing", "b.conf", "a.conf", "."])
        #expect(
            findings(outcome) == [
                "g.conf:3: warning: [unknown-key]", "f.conf:1: error: [syntax]", "missing:1: error: [unreadable-file]",
                "b.conf:2: warning: [unknown-key]", "b.conf:4: error: [broken-command]", "a.conf:2: error: [syntax]",
                ".:1: error: [unreadable-file]",
            ]
        )
        #expect(outcome.output.contains("a directory, not a regular file; name the files in it, such as ./*.conf ["))
        #expect(outcome.errors == "" && outcome.ending == .status(65))
    }

    @Test(arguments: [("[supervisord]\n", ""), ("", "")])
    func standardInputHasAName(header: String, rest: String) async throws {
        let outcome = try await check([:], ["-"], input: "\(header)\(Self.program)startsec=1\n")
        let line = header.isEmpty ? 3 : 4
        #expect(findings(outcome) == ["<stdin>:\(line): warning: [unknown-key]"])
    }

    @Test func aFileOfVariablesIsReadAsDockerDoes() async throws {
        let files = ["s.conf": "[supervisord]\nidentifier=%(ENV_A)s%(ENV_B)s\n", "e": "# x\n\n A=1\nB\nC\n"]
        let arguments = ["--environment-file", "e", "s.conf"]
        let outcome = try await check(files, arguments, environment: ["B": "2"])
        #expect(outcome.output == "" && outcome.errors == "" && outcome.ending == .status(0), "\(outcome)")
        let without = try await check(files, arguments)
        #expect(findings(without) == ["s.conf:2: error: [unset-variable]"])
        for content in ["=x\n", "A B=1\n", "A\n\u{FF}=\n B C\n"] {
            let wrong = try await check(["s.conf": "[supervisord]\n", "e": content], arguments)
            #expect(wrong.errors.hasPrefix("listenerd: error: e:"), "\(wrong)")
            #expect(wrong.output == "" && wrong.ending == .status(65), "\(wrong)")
        }
    }

    @Test func oneVariableIsOneFinding() async throws {
        let text = """
            [supervisord]
            logfile=%(ENV_LOG_DIR)s/s.log
            [program:a]
            command=sleep %(ENV_LOG_DIR)s %(ENV_PORT)s
            stdout_logfile=%(ENV_LOG_DIR)s/a.log
            numprocs=%(ENV_COUNT)s

            """
        let outcome = try await check(["s.conf": text], ["s.conf"])
        #expect(
            outcome.output == """
                s.conf:2: error: LOG_DIR is not set, and supervisord does not start without it; used in 3 places \
                [unset-variable]
                s.conf:4: error: PORT is not set, and supervisord does not start without it [unset-variable]
                s.conf:6: error: COUNT is not set, and supervisord does not start without it [unset-variable]

                """
        )
        #expect(outcome.ending == .status(65))
    }

    @Test(arguments: [
        "[unix_http_server]\nfile=%(ENV_X)s\n", "[inet_http_server]\nport=%(ENV_X)s\n",
        "[include]\nfiles=%(ENV_X)s/*\n",
        "\(program)numprocs=%(ENV_X)s\n", "\(program)stopwaitsecs=%(ENV_X)s\n",
        "\(program)stdout_logfile=/dev/stdout\nstdout_logfile_maxbytes=%(ENV_X)s\n",
        "\(program)environment=A=%(ENV_X)s\n", "\(program)user=%(ENV_X)s\ndirectory=/%(ENV_X)s\n",
        "\(program)autostart=%(ENV_X)s\nstartafter=\n", "\(program)autostart=false\nstartafter=%(ENV_X)s\n",
        "[eventlistener:l]\ncommand=x\nevents=%(ENV_X)s\nbuffer_size=%(ENV_X)s\n", "[program:x]\ncommand='%(ENV_X)s\n",
    ])
    func nothingIsSaidAboutValuesThatAreNotKnown(text: String) async throws {
        let server = text.contains("http_server") ? "[rpcinterface:supervisor]\n" : ""
        let factory = "supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface\n"
        let configuration = "[supervisord]\n\(server)\(server.isEmpty ? "" : factory)\(text)"
        let outcome = try await check(["s.conf": configuration], ["--assume-environment", "s.conf"])
        let others = findings(outcome).filter { !$0.hasSuffix("[missing-starter]") }
        #expect(others == [] && outcome.ending == .status(0), "\(outcome.output)")
    }

    @Test func filesAreNotCombinedWithTheOption() async throws {
        let outcome = try await check([:], ["-c", "s.conf", "f.conf"])
        #expect(
            outcome.errors.hasPrefix("listenerd: Error: '--config' and FILE cannot be combined"),
            "\(outcome.errors)"
        )
        #expect(outcome.ending == .status(64))
    }
}
