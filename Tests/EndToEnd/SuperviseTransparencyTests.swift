import ExecutableTesting
import Foundation
import Testing

/// What supervisord and its programs see of `supervise`: two variables, and nothing else.
@Suite struct SuperviseTransparencyTests {
    /// A program that tells what it was given.
    private static let teller = """
        {
            env | sort
            pwd
            umask
            ulimit -a
            cat /proc/$PPID/limits
            grep -hE '^(Sig(Blk|Ign|Cgt)|Cap|Uid|Gid|Groups|NoNewPrivs|Seccomp):' /proc/self/status /proc/$PPID/status
            readlink /proc/$PPID/cwd
            ls /proc/self/fd
        } >$1/unfinished 2>&1
        mv $1/unfinished $1/told
        exec sleep 600

        """
    /// Some signals are ignored, as by `nohup`, and the working folder is none of the usual ones.
    private static let wrapper = ["/bin/sh", "-c", "cd /usr; umask 027; trap '' HUP USR1 PIPE TTOU; exec \"$@\"", "sh"]

    @Test func everythingElseIsAsWithABareSupervisord() async throws {
        try await Supervise.run(
            [],
            Sections.server + Sections.program("teller", "/bin/sh %(here)s/teller %(here)s"),
            files: ["teller": Self.teller],
            Supervise.Options(wrapper: Self.wrapper)
        ) { supervise in
            try await supervise.wait(forFile: "told")
            let told = supervise.folder.lines(of: "told")
            let ending = try await supervise.terminateWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")

            try FileManager.default.removeItem(atPath: supervise.folder.path(of: "told"))
            let base = supervise.folder.path(of: Supervise.base)
            let bare = try supervise.startAgain(as: [TestedExecutable.supervisord, "-n", "-c", base])
            try await ExecutableTesting.wait(for: "the bare supervisord", diagnostics: { supervise.logs }) {
                !supervise.folder.text(of: "told").isEmpty
            }
            bare.send(SIGTERM)
            _ = try await bare.waitForEnd()
            let own = told.filter { $0.hasPrefix("LISTENERD_") && !$0.hasPrefix("LISTENERD_TEST_") }
            #expect(own.map { $0.prefix { $0 != "=" } } == ["LISTENERD_CONFIG", "LISTENERD_STATUS_FILE"])
            #expect(told.filter { !own.contains($0) } == supervise.folder.lines(of: "told"))
        }
    }

    @Test func variablesOfAnOuterSupervisordAreIgnored() async throws {
        let variables = [
            "SUPERVISOR_SERVER_URL": "unix:///nowhere", "SUPERVISOR_ENABLED": "1", "SUPERVISOR_PROCESS_NAME": "outer",
            "LISTENERD_CONFIG": "/nowhere", "LISTENERD_STATUS_FILE": "/nowhere",
        ]
        try await Supervise.run(
            ["--fatal-exit", "--fatal-exit-on", "exit"],
            FatalExitTriggerTests.job("web", FatalExitTriggerTests.exits(7)),
            Supervise.Options(environment: variables)
        ) { supervise in
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(7), "\(supervise.logs)")
        }
    }
}
