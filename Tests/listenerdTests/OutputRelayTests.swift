import ExecutableTesting
import Foundation
import ListenerKit
import Synchronization
import Testing

@testable import listenerd

/// What a relay passes on, and that the reader does not hold up writers.
@Suite struct OutputRelayTests {
    /// Both ends of a pipe, socket or terminal that a standard stream may lead to.
    struct Channel: Sendable {
        let reader: Int32
        let writer: Int32

        enum Kind: CaseIterable {
            case pipe, socket, terminal
        }

        init(_ kind: Kind) throws {
            var ends: [Int32] = [-1, -1]
            switch kind {
            case .pipe:
                #expect(Foundation.pipe(&ends) == 0)
            case .socket:
                #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
            case .terminal:
                ends[0] = open("/dev/ptmx", O_RDWR | O_NOCTTY)
                // TIOCSPTLCK and TIOCGPTN, whose names are not imported from the C libraries.
                var (isLocked, number): (Int32, Int32) = (0, -1)
                #expect(ioctl(ends[0], 0x4004_5431, &isLocked) == 0 && ioctl(ends[0], 0x8004_5430, &number) == 0)
                ends[1] = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
            }
            (reader, writer) = (ends[0], ends[1])
            #expect(writer >= 0)
        }

        var stream: StandardStream { StandardStream(descriptor: writer, name: "the stream") }

        /// Reads until a text has arrived, which must be the last one.
        func read(until end: String, pause: UInt32 = 0) -> String {
            var all: [UInt8] = []
            var piece = [UInt8](repeating: 0, count: 1 << 16)
            while !all.suffix(end.utf8.count).elementsEqual(end.utf8) {
                let count = Foundation.read(reader, &piece, piece.count)
                guard count > 0 else {
                    break
                }
                all += piece[..<count]
                usleep(pause)
            }
            return String(decoding: all, as: UTF8.self)
        }

        func write(_ text: String) {
            #expect((try? writeAll(Array(text.utf8), to: writer)) != nil)
        }

        func close() {
            Foundation.close(reader)
            Foundation.close(writer)
        }
    }

    private static func lines(_ numbers: Range<Int>) -> String {
        numbers.map { "\($0)\n" }.joined()
    }

    @Test func partialLinesArePassedOnAtOnce() throws {
        let channel = try Channel(.pipe)
        let relay = try OutputRelay(inPlaceOf: [channel.stream]) { Reporter(program: "test", write: $0) }
        channel.write("password: ")
        #expect(channel.read(until: ": ") == "password: ")
        channel.write("1\n2")
        #expect(channel.read(until: "2") == "1\n2")
        relay.finish()
        // Now the stream leads to the reader itself.
        channel.write("3")
        #expect(channel.read(until: "3") == "3")
        channel.close()
    }

    /// Writes much more than the queue holds, to a reader that reads at once, or pauses after each piece.
    @Test(arguments: [Channel.Kind.pipe, .socket], [0, 500] as [UInt32])
    func aReaderWhoGetsOnLosesNothing(kind: Channel.Kind, pause: UInt32) async throws {
        let channel = try Channel(kind)
        let relay = try OutputRelay(inPlaceOf: [channel.stream], capacity: 1 << 16, stallTimeout: waitTimeout) {
            Reporter(program: "test", write: $0)
        }
        let text = Self.lines(0..<200_000) + "end"
        let thread = Thread { channel.write(text) }
        thread.start()
        let read = channel.read(until: "end", pause: pause)
        #expect(read == text)
        relay.finish()
        channel.close()
    }

    @Test(arguments: Channel.Kind.allCases)
    func aReaderWhoDoesNotReadHoldsUpNobody(kind: Channel.Kind) throws {
        let channel = try Channel(kind)
        let relay = try OutputRelay(inPlaceOf: [channel.stream], capacity: 1 << 16, stallTimeout: .milliseconds(50)) {
            Reporter(program: "test", write: $0)
        }
        channel.write(Self.lines(0..<200_000))
        relay.finish()
        channel.write(Self.lines(0..<200_000))
        channel.close()
    }

    @Test func missingLinesAreReportedInTheirPlace() throws {
        let channel = try Channel(.pipe)
        let relay = try OutputRelay(inPlaceOf: [channel.stream], capacity: 1 << 16, stallTimeout: .milliseconds(50)) {
            Reporter(program: "test", write: $0)
        }
        let count = 100_000
        channel.write(Self.lines(0..<count))
        // Bytes that were in the relay's own pipe when the reader started come after the gap.
        var read = ""
        while !read.contains("for it\n") {
            read += channel.read(until: "\n")
        }
        channel.write("end\n")
        read += channel.read(until: "end\n")
        var (next, missing) = (0, 0)
        for line in read.split(separator: "\n") {
            if line == "\(next)" {
                next += 1
            } else if let notice = line.firstMatch(of: /([0-9]+) lines? (is|are) missing from the stream:/) {
                missing += try #require(Int(notice.1))
                next += try #require(Int(notice.1))
            } else {
                // The line was cut off where the gap starts.
                #expect(line == "end" || "\(next)".hasPrefix(line))
            }
        }
        #expect(next == count)
        #expect(missing > 0)
        relay.finish()
        channel.close()
    }

    @Test(arguments: [false, true])
    func whatAReaderDoesNotGetBeforeTheEndIsReportedElsewhere(hasGone: Bool) throws {
        surviveFailedWrites()
        var ends: [Int32] = [-1, -1]
        #expect(Foundation.pipe(&ends) == 0)
        // F_SETPIPE_SZ, whose name is not imported from the C library.
        let size = fcntl(ends[1], 1031, 4096)
        let stream = StandardStream(descriptor: ends[1], name: "the stream")
        let said = Said()
        let reporter = Reporter(program: "test") { line in said.append(line) }
        let relay = try OutputRelay(
            inPlaceOf: [stream],
            stallTimeout: .milliseconds(50),
            reportsElsewhere: true
        ) { _ in reporter }
        if hasGone {
            close(ends[0])
        }
        let count = 2 * Int(size) / 8
        try writeAll(Array((0..<count).map { String(format: "%07d\n", $0) }.joined().utf8), to: ends[1])
        relay.finish()
        let missing = hasGone ? count : count - Int(size) / 8
        #expect(said.text.contains("test: warning: \(missing) lines are missing from the stream: its reader stopped"))
        if !hasGone {
            close(ends[0])
        }
        close(ends[1])
    }

    @Test func aReaderWhoHasGoneMayComeBack() throws {
        surviveFailedWrites()
        let folder = try TestFolder()
        let path = folder.path(of: "pipe")
        #expect(mkfifo(path, 0o600) == 0)
        let first = open(path, O_RDONLY | O_NONBLOCK)
        let writer = open(path, O_WRONLY)
        let stream = StandardStream(descriptor: writer, name: "the stream")
        let said = Said()
        let reporter = Reporter(program: "test") { line in said.append(line) }
        let relay = try OutputRelay(inPlaceOf: [stream]) { _ in reporter }
        close(first)
        try writeAll(Array("lost\nlost too\n".utf8), to: writer)
        relay.limitHoldUps()
        let second = open(path, O_RDWR)
        // Bytes that the threads were passing on may arrive as well.
        var received: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 100)
        while received.firstRange(of: Array("back\n".utf8)) == nil {
            try writeAll(Array("back\n".utf8), to: writer)
            received += piece[..<max(0, Foundation.read(second, &piece, piece.count))]
        }
        relay.finish()
        if received.firstRange(of: Array("lost".utf8)) == nil {
            #expect(said.text.hasPrefix("test: warning: 2 lines are missing from the stream: "))
        }
        close(second)
        close(writer)
    }

    /// The messages so far.
    private final class Said: Sendable {
        private let bytes = Mutex<[UInt8]>([])

        var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }

        func append(_ line: [UInt8]) {
            bytes.withLock { $0 += line }
        }
    }
}
