import ListenerKit
import Testing

@testable import Handlers
@testable import ListenerTesting

import Glibc

/// What becomes of lines that the file does not take.
@Suite struct LogDestinationTests {
    private static func tick(_ when: Int) -> Event {
        .tick(TickEvent(header: EventHeader(name: "TICK_5"), period: .fiveSeconds, when: Timestamp(seconds: when)))
    }

    private static func text(of path: String) throws -> String {
        let number = open(path, O_RDONLY | O_CLOEXEC)
        guard number >= 0 else {
            throw SystemError("open '\(path)'")
        }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = try FileDescriptor(owning: number).read(into: &bytes)
        return String(decoding: bytes[..<count], as: UTF8.self)
    }

    /// What a log has said for itself.
    private let messages = Monitor<[String]>([])

    private var reporter: Reporter {
        Reporter(program: "listener") { [messages] line in
            messages.withLock { $0.append(String(decoding: line.dropLast(), as: UTF8.self)) }
        }
    }

    /// The message of the error with which a file cannot be opened.
    private func complaint(about path: String) -> String? {
        do {
            _ = try LogDestination(path, reporter)
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test func missingLinesAreCountedOnceTheLogIsWrittenAgain() async throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/events.log"
        #expect(symlink("/dev/full", path) == 0)
        let test = try TestContext(for: EventLog.self, arguments: ["--log-file=\(path)"])
        let log = try EventLog(test.context)
        await log.handle(Self.tick(1))
        await log.handle(Self.tick(2))
        #expect(unlink(path) == 0)
        try log.handle(RotationEvent(time: .now))
        await log.handle(Self.tick(3))
        await log.handle(Self.tick(4))
        #expect(
            test.messages == [
                "listener: error: lines are missing from the log: cannot write to '\(path)': No space left on device",
                "listener: info: writing to the log again; 2 lines are missing",
            ]
        )
        let time = "1970-01-01T00:00:00.000Z"
        #expect(try Self.text(of: path) == "\(time) TICK_5 when=3\n\(time) TICK_5 when=4\n")
    }

    @Test func aPipeThatNobodyReadsIsAnError() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/pipe"
        #expect(mkfifo(path, 0o600) == 0)
        #expect(
            complaint(about: path) == "cannot open '\(path)' for appending: "
                + "No such device or address; a named pipe needs a reader first"
        )
        let reader = FileDescriptor(owning: open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC))
        let destination = try LogDestination(path, reporter)
        destination.write(Array("line\n".utf8))
        var bytes = [UInt8](repeating: 0, count: 100)
        #expect(try reader.read(into: &bytes) == 5)
    }

    @Test func theLogWaitsForNobodyWhoReadsIt() async throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/pipe"
        #expect(mkfifo(path, 0o600) == 0)
        let reader = FileDescriptor(owning: open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC))
        let test = try TestContext(for: EventLog.self, arguments: ["--log-file=\(path)"])
        let log = try EventLog(test.context)
        // Far more than a pipe and the log itself keep.
        let count = 40_000
        for number in 1...count {
            await log.handle(Self.tick(number))
            // The same pipe is not opened anew: what waits for it must not be overtaken.
            if number == count / 2 {
                try log.handle(RotationEvent(time: .now))
            }
        }
        let message = "lines are missing from the log: '\(path)' is not being read fast enough"
        #expect(test.messages == ["listener: error: \(message)"])
        var text: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while !text.suffix(100).contains("could not be written\n".utf8) {
            _ = poll(for: [reader.rawValue], until: nil)
            text += piece[..<(try reader.read(into: &piece))]
        }
        let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
        let missing = count - lines.count + 1
        #expect(lines.dropLast().enumerated().allSatisfy { $1.hasSuffix(" TICK_5 when=\($0 + 1)") })
        let notice = "\(missing) lines are missing here: they could not be written"
        #expect(lines.last.map { String($0) } == "listener: warning: \(notice)")
        LineWriter.flushAll(until: .now + .seconds(60))
        #expect(test.messages.last == "listener: info: writing to the log again; \(missing) lines are missing")
    }

    @Test(arguments: ["/dev/stderr", "/dev/fd/2", "/proc/self/fd/2"])
    func pathsToStandardErrorAreStandardError(path: String) {
        #expect(isStandardError(path))
        #expect(!isStandardError("/nonexistent"))
        #expect(!isStandardError("/dev/full"))
    }

    @Test(arguments: [("torn", "torn\nnext\n"), ("whole\n", "whole\nnext\n"), ("", "next\n")])
    func aLineBehindATornOneBeginsOnItsOwn(before: String, after: String) async throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/events.log"
        let file = FileDescriptor(owning: open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600))
        try file.write(before.utf8)
        let next = try LineWriter(appendingTo: path, after: nil, notice: { _ in [] }, onStatusChange: { _ in })
        next.write(Array("next\n".utf8))
        #expect(try Self.text(of: path) == after)
    }

    @Test func aLineThatAWriterHasTornIsClosedByTheNextOneOfTheSameFile() async throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/events.log"
        let former = try LineWriter(appendingTo: path, after: nil, notice: { _ in [] }, onStatusChange: { _ in })
        former.write(Array("without an end".utf8))
        let next = try LineWriter(appendingTo: path, after: former, notice: { _ in [] }, onStatusChange: { _ in })
        next.write(Array("next\n".utf8))
        #expect(try Self.text(of: path) == "without an end\nnext\n")
        #expect(unlink(path) == 0)
        let fresh = try LineWriter(appendingTo: path, after: former, notice: { _ in [] }, onStatusChange: { _ in })
        fresh.write(Array("fresh\n".utf8))
        #expect(try Self.text(of: path) == "fresh\n")
    }

    @Test func aFileInNoFolderIsAnErrorThatSaysWhatToDo() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/none/events.log"
        #expect(
            complaint(about: path)
                == "cannot open '\(path)' for appending: No such file or directory; create the directory first"
        )
        let denied = LogFileError(cause: SystemError("open 'x' for appending", code: EACCES))
        #expect(
            "\(denied)" == "cannot open 'x' for appending: Permission denied; "
                + "run as a user who may write there, or change the permissions"
        )
    }
}
