import ExecutableTesting
import Foundation
import Testing

/// All that supervisord and its programs can see of `supervise` are two variables.
@Suite struct SuperviseTransparencyTests {
    /// A program that records its environment, limits, signals, rights and descriptors.
    private static let recorder = """
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
        mv $1/unfinished $1/record
        exec sleep 600

        """
    /// Ignores some signals, as `nohup` does, and changes the umask and the working directory.
    private static let wrapper = ["/bin/sh", "-c", "cd /usr; umask 027; trap '' HUP USR1 PIPE TTOU; exec \"$@\"", "sh"]

    @Test func everythingElseIsAsWithABareSupervisord() async throws {
        try await Supervise.run(
            [],
            Sections.server + Sections.program("recorder", "/bin/sh %(here)s/recorder %(here)s"),
            files: ["recorder": Self.recorder],
            Supervise.Options(wrapper: Self.wrapper)
        ) { supervise in
            try await supervise.wait(forFile: "record")
            let record = supervise.folder.lines(of: "record")
            let ending = try await supervise.terminateWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")

            try FileManager.default.removeItem(atPath: supervise.folder.path(of: "record"))
            let base = supervise.folder.path(of: Supervise.base)
            let bare = try supervise.startAgain(as: [TestedExecutable.supervisord, "-n", "-c", base])
            try await ExecutableTesting.wait(for: "the bare supervisord", diagnostics: { supervise.logs }) {
                !supervise.folder.text(of: "record").isEmpty
            }
            bare.send(SIGTERM)
            _ = try await bare.waitForEnd()
            let own = record.filter { $0.hasPrefix("LISTENERD_") && !$0.hasPrefix("LISTENERD_TEST_") }
            #expect(own.map { $0.prefix { $0 != "=" } } == ["LISTENERD_CONFIG", "LISTENERD_STATUS_FILE"])
            #expect(record.filter { !own.contains($0) } == supervise.folder.lines(of: "record"))
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
