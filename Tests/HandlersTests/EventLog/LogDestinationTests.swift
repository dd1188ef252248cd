import ListenerKit
import Testing

@testable import Handlers
@testable import ListenerTesting

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What becomes of lines where the file does not take them.
@Suite struct LogDestinationTests {
    private static func tick(_ when: Int) -> Event {
        .tick(TickEvent(header: EventHeader(name: "TICK_5"), period: .fiveSeconds, when: when))
    }

    private static func text(of path: String) throws -> String {
        let number = open(path, O_RDONLY | O_CLOEXEC)
        guard number >= 0 else {
            throw SystemError("open '\(path)'")
        }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = try Descriptor(owning: number).read(into: &bytes)
        return String(decoding: bytes[..<count], as: UTF8.self)
    }

    /// The message of the error with which a file cannot be opened.
    private static func complaint(about path: String) -> String? {
        do {
            _ = try LogDestination.open(path)
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test func aLineAfterATornOneBeginsOnItsOwn() throws {
        let pipe = try Pipe.open(blocks: false)
        var destination = LogDestination(path: "x", file: Descriptor(owning: dup(pipe.writeEnd.number)))
        let long = [UInt8](repeating: UInt8(ascii: "a"), count: 1_100_000) + [UInt8(ascii: "\n")]
        var complaint: SystemError?
        do {
            try destination.write(long)
        } catch {
            complaint = error
        }
        #expect(complaint == SystemError("write to 'x'", code: EAGAIN))
        var piece = [UInt8](repeating: 0, count: 1_100_000)
        #expect(try pipe.readEnd.read(into: &piece) > 0)
        while let count = try? pipe.readEnd.read(into: &piece), count > 0 {}
        try destination.write(Array("next\n".utf8))
        try destination.write(Array("last\n".utf8))
        let count = try pipe.readEnd.read(into: &piece)
        #expect(String(decoding: piece[..<count], as: UTF8.self) == "\nnext\nlast\n")
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
                "listener: error: the log misses lines: cannot write to '\(path)': No space left on device",
                "listener: info: the log is written again; 2 lines are missing",
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
            Self.complaint(about: path) == "cannot open '\(path)' for appending: "
                + "No such device or address; a named pipe needs a reader first"
        )
        let reader = Descriptor(owning: open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC))
        var destination = try LogDestination.open(path)
        try destination.write(Array("line\n".utf8))
        var bytes = [UInt8](repeating: 0, count: 100)
        #expect(try reader.read(into: &bytes) == 5)
    }

    @Test func writingWaitsForASlowReader() throws {
        let folder = try TemporaryFolder()
        let descriptor = try Descriptor.openForAppending("\(folder.path)/events.log")
        let flags = fcntl(descriptor.number, F_GETFL)
        #expect(flags & O_NONBLOCK == 0)
        #expect(flags & O_APPEND == O_APPEND)
    }

    @Test func aFileInNoFolderIsAnErrorThatSaysWhatToDo() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/none/events.log"
        #expect(
            Self.complaint(about: path)
                == "cannot open '\(path)' for appending: No such file or directory; make the directory first"
        )
        let denied = LogFileError(cause: SystemError("open 'x' for appending", code: EACCES))
        #expect(
            "\(denied)" == "cannot open 'x' for appending: Permission denied; "
                + "run as a user who may write there, or give this one the right to"
        )
    }
}
