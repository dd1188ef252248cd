import ExecutableTesting
import Foundation
import Testing

/// Errors that keep `supervise` from starting, with their messages and statuses.
@Suite struct SuperviseRefusalTests {
    private static let program = Sections.program("web", "sleep 600")

    /// Commands in place of supervisord, and what is reported; nil for the one on the `PATH`.
    static let obstacles: [(command: String?, message: String)] = [
        (nil, "it is in no directory of PATH; install supervisor ("),
        ("%(here)s/missing", "there is no such file; install supervisor ("),
        ("%(here)s/supervisord.conf", "'%(here)s/supervisord.conf' is not executable; make it executable (chmod +x)"),
        ("%(here)s", "'%(here)s' is not a file; name the program itself with --supervisord\n"),
        ("%(here)s/script", "'%(here)s/script' names the interpreter '/no/python3', which does not exist; reinstall "),
    ]

    @Test(arguments: obstacles)
    func withoutSupervisordNothingIsStarted(command: String?, message: String) async throws {
        let options = Supervise.Options(environment: ["PATH": "%(here)s"], supervisord: command)
        let prepare = { (folder: TestFolder) in try folder.write(program: "#!/no/python3\n", to: "script") }
        try await Supervise.run(["--log"], Self.program, options, prepare: prepare) { supervise in
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(69), "\(supervise.logs)")
            let here = { (text: String) in text.replacing("%(here)s", with: supervise.folder.path) }
            let start = "listenerd: error: cannot start '\(here(command ?? "supervisord"))': \(here(message))"
            #expect(supervise.errors.hasPrefix(start), "\(supervise.logs)")
            #expect(supervise.errors.count { $0 == "\n" } == 1, "\(supervise.logs)")
        }
    }

    /// Bases that are rejected, and the findings.
    static let bases = [
        ("[DEFAULT]\nstartretries=5\n[program:web]\ncommand=sleep", "supervisord.conf:2: with startretries here, "),
        ("command=sleep", "supervisord.conf:1: "), ("[program:web", "supervisord.conf:1: "),
        ("[eventlistener:listenerd]\ncommand=x\n", "supervisord.conf:1: [eventlistener:listenerd] is added for "),
    ]

    @Test(arguments: bases)
    func rejectedConfigurationsAreReported(base: String, finding: String) async throws {
        try await Supervise.run(["--log"], files: ["supervisord.conf": base]) { supervise in
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(65), "\(supervise.logs)")
            #expect(supervise.errors.contains(finding), "\(supervise.logs)")
            #expect(supervise.log == "")
        }
    }

    @Test func baseThatCannotBeComposedRunsUnchangedWithoutHandlers() async throws {
        let base = ["supervisord.conf": "[DEFAULT]\nstartretries=5\n\(Sections.daemon)\(Self.program)"]
        try await Supervise.run([], files: base) { supervise in
            try await supervise.wait(forStarts: 1)
            let ending = try await supervise.terminateWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
        }
    }

    @Test(arguments: [["--log"], ["--log", "--", "--nonsense"]])
    func rejectionBySupervisordAloneEndsWithItsStatus(arguments: [String]) async throws {
        let program = Sections.program("web", "sleep 600", arguments.count == 1 ? "stopwaitsecs=soon" : "")
        try await Supervise.run(arguments, program) { supervise in
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(2), "\(supervise.logs)")
            #expect(supervise.errors.contains("listenerd: error: supervisord exited with status 2\n"))
        }
    }

    @Test(arguments: ["%(here)s/missing", "relative", "", "/proc"])
    func aTemporaryFolderThatIsNoneIsReplaced(path: String) async throws {
        let options = Supervise.Options(environment: ["TMPDIR": path])
        let programs = FatalExitTriggerTests.job("web", FatalExitTriggerTests.exits(7))
        try await Supervise.run(["--fatal-exit", "--fatal-exit-on", "exit"], programs, options) { supervise in
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(7), "\(supervise.logs)")
        }
    }

    /// Makes every folder other than `TMPDIR` read-only in which a temporary folder could be made.
    private static let readOnly = """
        for place in /run /tmp /dev/shm /var/tmp; do mount --bind $place $place && mount -o remount,ro,bind $place; done
        """
    /// Leaves `TMPDIR` no room for data, or no inodes, or makes it read-only.
    private static let full = [
        "mount -t tmpfs -o size=4k none %(here)s/tmp && head -c 4096 /dev/zero >%(here)s/tmp/full",
        "mount -t tmpfs -o nr_inodes=1 none %(here)s/tmp", "mount -t tmpfs -o nr_inodes=3 none %(here)s/tmp",
        "mount -t tmpfs -o ro none %(here)s/tmp",
    ]

    private static func withMounts(_ commands: String) -> Supervise.Options {
        let script = ["/bin/sh", "-c", "\(commands); exec \"$@\"", "sh"]
        return Supervise.Options(wrapper: Isolation.withOwnMounts.command + script)
    }

    @Test(
        .enabled(if: Isolation.withOwnMounts.isPossible, "only root can mount something"),
        arguments: full
    )
    func aPlaceWithoutRoomIsPassedOver(obstacle: String) async throws {
        let programs = FatalExitTriggerTests.job("web", FatalExitTriggerTests.exits(7))
        let arguments = ["--fatal-exit", "--fatal-exit-on", "exit"]
        try await Supervise.run(arguments, programs, Self.withMounts(obstacle)) { supervise in
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(7), "\(supervise.logs)")
            #expect(!supervise.errors.contains("error: no directory can hold"), "\(supervise.logs)")
        }
    }

    @Test(
        .enabled(if: Isolation.withOwnMounts.isPossible, "only root can mount something"),
        arguments: zip(full, Array(repeating: "No space left on device", count: 3) + ["Read-only file system"])
    )
    func everyUnusableTemporaryFolderIsNamed(obstacle: String, reason: String) async throws {
        try await Supervise.run(
            ["--log"],
            Self.program,
            Self.withMounts("\(Self.readOnly); \(obstacle)")
        ) { supervise in
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(71), "\(supervise.logs)")
            let start = "listenerd: error: no directory can hold the files of this run: cannot "
            #expect(supervise.errors.hasPrefix(start), "\(supervise.logs)")
            let places = ["/run", "/tmp", "/dev/shm", "/var/tmp"]
            let others = places.map { "cannot make a directory in '\($0)': Read-only" }
            #expect(supervise.errors.inOrder(reason, others[0], others[1]), "\(supervise.logs)")
            #expect(supervise.errors.inOrder(others[2], others[3], "; set TMPDIR to the "), "\(supervise.logs)")
            #expect(supervise.log == "")
        }
    }
}
