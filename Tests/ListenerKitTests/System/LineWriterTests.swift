import Glibc
import Testing

@testable import ListenerKit
@testable import ListenerTesting

/// Lines that are written where nobody may read.
@Suite struct LineWriterTests {
    /// What lines can be written to; whoever has opened it has not made it non-blocking.
    enum Kind: CaseIterable, Sendable {
        case pipe, socket
        /// One that cannot be opened anew.
        case guardedPipe

        /// Opens both ends.
        func open() throws -> (reader: Int32, writer: Int32, target: NonBlockingOutput) {
            var ends: [Int32] = [-1, -1]
            let code = self == .socket ? socketpair(AF_UNIX, Self.stream, 0, &ends) : Glibc.pipe(&ends)
            try #require(code == 0)
            guard self == .guardedPipe else {
                return (ends[0], ends[1], NonBlockingOutput(sharing: ends[1]))
            }
            // One that nobody reads cannot.
            close(ends[0])
            let target = NonBlockingOutput(sharing: ends[1])
            let reader = Glibc.open("/proc/self/fd/\(ends[1])", O_RDONLY | O_NONBLOCK | O_CLOEXEC)
            try #require(fcntl(reader, F_SETFL, 0) == 0)
            return (reader, ends[1], target)
        }

        private static let stream = Int32(SOCK_STREAM.rawValue)
    }

    private static func notice(_ missing: Int) -> [UInt8] {
        Array("<\(missing) missing>\n".utf8)
    }

    /// Reads until so many bytes end with a text.
    private static func read(_ reader: borrowing FileDescriptor, until end: String) throws -> String {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while !all.ends(with: end) {
            let count = try reader.read(into: &buffer)
            try #require(count > 0)
            all += buffer[..<count]
        }
        return String(decoding: all, as: UTF8.self)
    }

    @Test(arguments: Kind.allCases)
    func linesAreWrittenEvenIfThereIsNoThreadForThem(kind: Kind) throws {
        let (input, output, target) = try kind.open()
        let reader = FileDescriptor(owning: input)
        defer { close(output) }
        let writer = LineWriter(
            opening: { target },
            starting: { _ throws(SystemError) in throw SystemError("start a thread", code: EAGAIN) },
            notice: Self.notice
        )
        let long = String(repeating: "x", count: 10_000)
        writer.write(Array("one\n\(long)\n".utf8))
        writer.write(Array("end\n".utf8))
        #expect(try Self.read(reader, until: "end\n") == "one\n\(long)\nend\n")
    }

    @Test(arguments: Kind.allCases)
    func writersDoNotWaitForReaders(kind: Kind) throws {
        let (input, output, target) = try kind.open()
        let reader = FileDescriptor(owning: input)
        defer { close(output) }
        let changes = Monitor<[LineWriter.StatusChange]>([])
        let writer = LineWriter(capacity: 10_000, opening: { target }, notice: Self.notice) { latest in
            changes.withLock { $0.append(latest) }
        }
        let padding = String(repeating: "x", count: 100)
        // A pipe holds 64 KiB, a socket some more.
        let lines = (0..<20_000).map { "\($0) \(padding)" }
        for line in lines {
            writer.write(Array("\(line)\n".utf8))
        }
        #expect(changes.withLock { $0 } == [.linesDropped(code: nil)])
        // Others who write there still do so as they did.
        #expect(fcntl(output, F_GETFL) & O_NONBLOCK == 0)
        let text = try Self.read(reader, until: " missing>\n")
        let arrived = text.split(separator: "\n").dropLast()
        let missing = lines.count - arrived.count
        #expect(text.hasSuffix("\n<\(missing) missing>\n"))
        #expect(arrived.elementsEqual(lines.prefix(arrived.count), by: ==))
        LineWriter.flushAll(until: .now + .seconds(60))
        #expect(changes.withLock { $0 } == [.linesDropped(code: nil), .recovered(missing: missing)])
        // The thread has gone, and lines are written at once again.
        writer.write(Array("last\n".utf8))
        #expect(try Self.read(reader, until: "last\n") == "last\n")
    }

    @Test func aLineThatNoPipeHoldsIsWrittenInOrder() throws {
        let (input, output, target) = try Kind.pipe.open()
        let reader = FileDescriptor(owning: input)
        defer { close(output) }
        let writer = LineWriter(opening: { target }, notice: Self.notice)
        let long = String(repeating: "long ", count: 100_000)
        for line in ["first", long, "last"] {
            writer.write(Array("\(line)\n".utf8))
        }
        #expect(try Self.read(reader, until: "last\n") == "first\n\(long)\nlast\n")
    }

    @Test func linesThatNobodyCanReadAreReportedWithTheReason() throws {
        surviveFailedWrites()
        let (input, output, target) = try Kind.guardedPipe.open()
        close(input)
        defer { close(output) }
        let changes = Monitor<[LineWriter.StatusChange]>([])
        let writer = LineWriter(opening: { target }, notice: Self.notice) { latest in
            changes.withLock { $0.append(latest) }
        }
        writer.write(Array("one\n".utf8))
        writer.write(Array("two\n".utf8))
        LineWriter.flushAll(until: .now + .seconds(60))
        #expect(changes.withLock { $0 } == [.linesDropped(code: EPIPE)])
    }

    @Test func theEndIsNotWaitedForLongerThanThat() throws {
        let (input, output, target) = try Kind.pipe.open()
        let reader = FileDescriptor(owning: input)
        defer { close(output) }
        let writer = LineWriter(opening: { target }, notice: Self.notice)
        writer.write([UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20) + [UInt8(ascii: "\n")])
        let start = ContinuousClock.now
        LineWriter.flushAll(until: start + .milliseconds(50))
        #expect(start.duration(to: .now) >= .milliseconds(50))
        let read = try Self.read(reader, until: "\n")
        #expect(read.utf8.count == 1 << 20 + 1)
    }

    @Test func aFileIsWrittenAtOnce() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/file"
        let writer = try LineWriter(appendingTo: path, after: nil, notice: Self.notice) { _ in }
        writer.write(Array("one\n".utf8))
        writer.write(Array("two\n".utf8))
        #expect(try contents(ofFile: path) == Array("one\ntwo\n".utf8))
    }

    /// A socket that keeps what each write has written apart.
    @Test func eachWriteHasWholeLinesAndNoMoreThanAPipeTakes() throws {
        var ends: [Int32] = [-1, -1]
        try #require(socketpair(AF_UNIX, Int32(SOCK_SEQPACKET.rawValue), 0, &ends) == 0)
        let reader = FileDescriptor(owning: ends[0])
        defer { close(ends[1]) }
        let target = NonBlockingOutput(sharing: ends[1])
        let writer = LineWriter(opening: { target }, notice: Self.notice)
        var lines = (0..<300).map { String(repeating: "x", count: $0) + "\n" }
        lines.insert(String(repeating: "long", count: 2500) + "\n", at: 150)
        let text = lines.joined()
        writer.write(Array(text.utf8))
        var (all, writes): ([UInt8], Int) = ([], 0)
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while all.count < text.utf8.count {
            let piece = buffer[..<(try reader.read(into: &buffer))]
            #expect(piece.last == UInt8(ascii: "\n"))
            #expect(piece.count <= 4096 || piece.count == 10_001)
            all += piece
            writes += 1
        }
        #expect(String(decoding: all, as: UTF8.self) == text)
        #expect(writes < 20)
    }

    @Test func aFileTakesManyLinesAtOnce() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/log"
        let writer = try LineWriter(appendingTo: path, after: nil, notice: Self.notice, onStatusChange: { _ in })
        let text = String(repeating: "line\n", count: 10_000)
        writer.write(Array(text.utf8))
        let number = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        let file = FileDescriptor(owning: number)
        #expect(try Self.read(file, until: text) == text)
    }

    @Test func theEndOfAFileIsRemovedUnlessAnotherHasWrittenSince() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/log"
        let output = NonBlockingOutput(owning: try FileDescriptor.openForAppending(path))
        #expect(output.isFile)
        #expect(output.write(Array("whole\ntorn".utf8)[...]) == .wrote(10))
        #expect(output.removeLast(4))
        let other = try FileDescriptor.openForAppending(path)
        #expect(output.write(Array("torn".utf8)[...]) == .wrote(4))
        try other.write("other\n".utf8)
        #expect(!output.removeLast(4))
        let file = FileDescriptor(owning: Glibc.open(path, O_RDONLY | O_CLOEXEC))
        #expect(try Self.read(file, until: "other\n") == "whole\ntornother\n")
    }
}

extension [UInt8] {
    fileprivate func ends(with text: String) -> Bool {
        suffix(text.utf8.count).elementsEqual(text.utf8)
    }
}
