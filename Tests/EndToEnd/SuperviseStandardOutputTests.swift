import ExecutableTesting
import Foundation
import Testing

/// A log that goes to the standard output of `supervise`: `--log-file=/dev/stdout`.
@Suite struct SuperviseStandardOutputTests {
    private static let program = Sections.program("web", "/bin/sleep 600", "startsecs=0")
    private static let line = "Z web STARTING → RUNNING"

    private static func expectLine(_ supervise: Supervise, in file: String) async throws {
        try await supervise.wait(forFile: file, line)
        let ending = try await supervise.terminateWithoutTrace()
        #expect(ending == .status(0), "\(supervise.logs)")
        #expect(!supervise.errors.contains(line), "\(supervise.logs)")
        // Every line begins as one of supervisord's, or of the log.
        let lines = supervise.folder.lines(of: file)
        #expect(lines.allSatisfy { $0.hasPrefix("20") }, "\(supervise.logs)")
    }

    @Test(arguments: ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
    func itIsAFile(path: String) async throws {
        try await Supervise.run(["--log", "--log-file", path], Self.program) { supervise in
            try await Self.expectLine(supervise, in: "output")
        }
    }

    @Test func itIsAPipe() async throws {
        let start = "mkfifo %(here)s/pipe; cat <%(here)s/pipe >%(here)s/all & exec \"$@\" >%(here)s/pipe"
        let options = Supervise.Options(wrapper: ["/bin/sh", "-c", start, "sh"])
        try await Supervise.run(["--log", "--log-file=/dev/stdout"], Self.program, options) { supervise in
            try await supervise.wait(forFile: "all", Self.line)
            supervise.send(SIGTERM)
            let ending = try await supervise.waitForEnd()
            #expect(ending == .status(0), "\(supervise.logs)")
            try await ExecutableTesting.wait(for: "the reader") { supervise.survivors.isEmpty }
            // What is written last comes before the end.
            #expect(supervise.folder.text(of: "all").contains("web RUNNING → STOPPING"), "\(supervise.logs)")
        }
    }

    @Test(arguments: [">&-", ">/dev/null", ">/dev/full"])
    func itIsNoFile(redirection: String) async throws {
        let options = Supervise.Options(wrapper: ["/bin/sh", "-c", "exec \"$@\" \(redirection)", "sh"])
        let failing = FatalExitTriggerTests.job("web", FatalExitTriggerTests.exits(7))
        let arguments = ["--log", "--log-file=/dev/stdout", "--fatal-exit", "--fatal-exit-on=exit"]
        try await Supervise.run(arguments, failing, options) { supervise in
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(7), "\(supervise.logs)")
        }
    }

    /// The listener has no access to the files of a process of another user.
    @Test(.enabled(if: Isolation.asNobody.isPossible, "only root can start listeners as another user"))
    func theListenerMayBeOfAnotherUser() async throws {
        let listener = Sections.listener("--log --log-file=/dev/stdout", "user=nobody")
        try await Supervise.run(
            [],
            files: [:],
            prepare: { folder in
                let base = "\(Sections.daemon)\n\(listener)\(Self.program)"
                try folder.write(base, to: Supervise.base)
                // The listener runs the program in a folder that every user may search.
                chmod(folder.path, 0o755)
            }
        ) { supervise in
            try await Self.expectLine(supervise, in: "output")
        }
    }

    /// supervisord starts all listeners again, and the pipe has no writer meanwhile.
    @Test func itGoesOnWhenTheListenerIsStartedAgain() async throws {
        try await Supervise.run(["--log", "--log-file=/dev/stdout"], Self.program) { supervise in
            try await supervise.wait(forFile: "output", Self.line)
            supervise.send(SIGKILL, to: "listenerd")
            try await supervise.wait(forFile: "output", "Z listenerd RUNNING → EXITED")
            try await Self.expectLine(supervise, in: "output")
        }
    }
}
