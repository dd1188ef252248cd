import ExecutableTesting
import Foundation
import Testing

/// A listener whose output nobody reads.
@Suite struct UnreadOutputTests {
    private static let supervised = ["SUPERVISOR_ENABLED": "1"]

    /// Events in supervisord's form.
    private static func events(_ count: Int) -> String {
        let payload = "processname:web groupname:web from_state:STARTING pid:4711"
        return (0..<count).map { number in
            "ver:3.0 server:supervisor serial:\(number) pool:listenerd poolserial:\(number) "
                + "eventname:PROCESS_STATE_RUNNING len:\(payload.utf8.count)\n\(payload)"
        }.joined()
    }

    /// A named pipe in a folder, with both ends open here.
    private static func pipe(_ name: String, in folder: TestFolder) throws -> FileHandle {
        let path = folder.path(of: name)
        try #require(mkfifo(path, 0o600) == 0)
        return FileHandle(fileDescriptor: open(path, O_RDWR | O_CLOEXEC), closeOnDealloc: true)
    }

    /// Fills a pipe, so that writers block.
    private static func fill(_ pipe: FileHandle) {
        let flags = fcntl(pipe.fileDescriptor, F_GETFL)
        _ = fcntl(pipe.fileDescriptor, F_SETFL, flags | O_NONBLOCK)
        for size in [4096, 1] {
            while write(pipe.fileDescriptor, [UInt8](repeating: 10, count: size), size) > 0 {}
        }
        _ = fcntl(pipe.fileDescriptor, F_SETFL, flags)
    }

    /// The output of the listener that nobody reads, and how it is shut down.
    enum Case: CaseIterable, Sendable {
        case endWithFullStandardError, terminationWithFullStandardError
        case endWithFullLog, terminationWithFullLog
        case endWithLogOnFullStandardError

        var hasFullLog: Bool { self == .endWithFullLog || self == .terminationWithFullLog }
        var isTerminated: Bool { self == .terminationWithFullStandardError || self == .terminationWithFullLog }

        func arguments(_ folder: TestFolder) -> [String] {
            switch self {
            case .endWithFullLog, .terminationWithFullLog: ["--log", "--log-file", folder.path(of: "unread")]
            case .endWithLogOnFullStandardError: ["--log", "--log-file", "/dev/stderr"]
            default: ["--log"]
            }
        }
    }

    @Test(arguments: Case.allCases)
    func neitherAcknowledgementNorTheEndWaitsForAReader(of unread: Case) async throws {
        let folder = try TestFolder()
        var input: FileHandle? = try Self.pipe("input", in: folder)
        let full = try Self.pipe("unread", in: folder)
        Self.fill(full)
        let program = try RunningProgram(
            TestedExecutable.listenerd,
            unread.arguments(folder),
            environment: Self.supervised,
            input: folder.path(of: "input"),
            output: folder.path(of: "output"),
            errors: folder.path(of: unread.hasFullLog ? "errors" : "unread")
        )
        try await wait(for: "READY") { folder.text(of: "output") == "READY\n" }
        // The message about such a line is written while everything else waits.
        try input?.write(contentsOf: Data("this is no event\n\(Self.events(100))".utf8))
        let answers = "READY\n" + String(repeating: "RESULT 2\nOKREADY\n", count: 100)
        try await wait(for: "100 answers", diagnostics: { folder.text(of: "output") }) {
            folder.text(of: "output") == answers
        }
        if unread.isTerminated {
            program.send(SIGTERM)
        } else {
            input = nil
        }
        let ending = try await program.waitForEnd()
        #expect(ending == .status(0))
        withExtendedLifetime((full, input)) {}
    }

    @Test func queuedLinesAreWrittenOnceTheReaderReads() async throws {
        let folder = try TestFolder()
        var input: FileHandle? = try Self.pipe("input", in: folder)
        let full = try Self.pipe("unread", in: folder)
        Self.fill(full)
        let program = try RunningProgram(
            TestedExecutable.listenerd,
            ["--log"],
            environment: Self.supervised,
            input: folder.path(of: "input"),
            output: folder.path(of: "output"),
            errors: folder.path(of: "unread")
        )
        try input?.write(contentsOf: Data(Self.events(100).utf8))
        try await wait(for: "100 answers") { folder.text(of: "output").contains("OKREADY\n") }
        let reading = Task.detached {
            var text = ""
            while text.ranges(of: "RUNNING pid=4711").count < 100 {
                text += String(decoding: full.availableData, as: UTF8.self)
            }
            return text
        }
        let text = await reading.value
        #expect(text.split(separator: "\n").allSatisfy { $0.hasSuffix("Z web STARTING → RUNNING pid=4711") })
        input = nil
        let ending = try await program.waitForEnd()
        #expect(ending == .status(0))
    }

    @Test(arguments: [true, false])
    func standardOutputThatNobodyReadsEndsItUnlessSupervisordIsGone(isGone: Bool) async throws {
        let folder = try TestFolder()
        var input: FileHandle? = try Self.pipe("input", in: folder)
        var output: FileHandle? = try Self.pipe("output", in: folder)
        let program = try RunningProgram(
            TestedExecutable.listenerd,
            ["--log"],
            environment: Self.supervised,
            input: folder.path(of: "input"),
            output: folder.path(of: "output"),
            errors: folder.path(of: "errors")
        )
        let ready = try #require(output).availableData
        #expect(ready == Data("READY\n".utf8))
        output = nil
        try input?.write(contentsOf: Data(Self.events(1).utf8))
        if isGone {
            input = nil
        }
        let ending = try await program.waitForEnd()
        #expect(ending == .status(isGone ? 0 : 71))
        let sayings = folder.lines(of: "errors").filter { $0.hasPrefix("listenerd: ") }
        let sentence =
            "listenerd: error: cannot write to supervisord on standard output, which is no longer read: Broken pipe"
        #expect(sayings == (isGone ? [] : [sentence]))
        withExtendedLifetime(input) {}
    }

    @Test func aLimitOnTheSizeOfFilesIsReportedAndTheListenerGoesOn() async throws {
        let folder = try TestFolder()
        try folder.write(String(repeating: "old line\n", count: 1000), to: "events.log")
        try folder.write(Self.events(3), to: "input")
        let program = try RunningProgram(
            "/bin/sh",
            ["-c", "ulimit -f 4; exec \"$0\" --log --log-file \"$1\"", try TestedExecutable.listenerd]
                + [folder.path(of: "events.log")],
            input: folder.path(of: "input"),
            output: folder.path(of: "output"),
            errors: folder.path(of: "errors")
        )
        let ending = try await program.waitForEnd()
        #expect(ending == .status(0))
        let output = folder.text(of: "output")
        // If it sees the end of input first, it does not ask for another event.
        let answers = "READY\nRESULT 2\nOKREADY\nRESULT 2\nOKREADY\nRESULT 2\nOK"
        #expect([answers, answers + "READY\n"].contains(output), "\(output)")
        let path = folder.path(of: "events.log")
        #expect(
            folder.text(of: "errors")
                == """
                listenerd: error: lines are missing from the log: cannot write to '\(path)': File too large
                listenerd: warning: 3 lines are missing at the end of the log

                """
        )
    }
}
