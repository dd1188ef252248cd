import Glibc
import ListenerKit
import Synchronization

/// A named pipe whose lines go to standard output, for listeners with `--log-file=/dev/stdout`.
///
/// A thread passes them on as whole lines, between which supervisord's own lines may come. Lines that cannot be written are counted,
/// and a notice in their place says how many are missing.
final class LogPipe: Sendable {
    private let readEnd: FileDescriptor
    private let target: FileDescriptor
    private let reporter: Reporter
    /// Keeps the pipe without an end while listeners are restarted; nil from ``finish()`` on.
    private let writeEnd: Mutex<FileDescriptor?>
    private let hasFinished = Atomic<Bool>(false)

    /// How many bytes are read at once: what a pipe holds.
    private static let readSize = 1 << 16
    /// The longest part of a line that is kept until the rest comes.
    private static let longestLine = 1 << 20
    /// How long a slow reader of standard output may hold up the end.
    private static let finishTimeout = Duration.seconds(3)
    private static let newline = UInt8(ascii: "\n")

    /// Makes the pipe at a path where there is no file yet, and begins to read it.
    ///
    /// Every user who can reach the path can write to it, as programs can to standard output.
    ///
    /// - Parameters:
    ///   - path: The path.
    ///   - reporter: Reports that lines are missing.
    /// - Throws: ``SystemError``.
    init(at path: String, _ reporter: Reporter) throws(SystemError) {
        // The umask may remove permissions.
        guard mkfifo(path, 0o622) == 0, chmod(path, 0o622) == 0 else {
            throw SystemError("make the named pipe '\(path)'")
        }
        self.reporter = reporter
        target = try StandardStream.output.duplicate()
        // Without a reader yet, only a reader does not wait.
        readEnd = try openPipe(path, O_RDONLY)
        writeEnd = Mutex(try openPipe(path, O_WRONLY))
        try startThread(stackSize: 256 * 1024, inheritsSignalMask: false) { [self] in
            passLinesOn()
            hasFinished.store(true, ordering: .releasing)
        }
    }

    /// Waits until all that was written has been passed on, unless standard output is read too slowly.
    func finish() {
        writeEnd.withLock { $0 = nil }
        let deadline = ContinuousClock.now + Self.finishTimeout
        while !hasFinished.load(ordering: .acquiring), .now < deadline {
            pause(for: .milliseconds(1))
        }
    }

    /// Passes lines on until no process has the pipe open for writing.
    private func passLinesOn() {
        var buffer = [UInt8](repeating: 0, count: Self.readSize)
        var waiting: [UInt8] = []
        var loss = Loss()
        while true {
            _ = poll(for: [readEnd.rawValue], until: nil)
            guard let count = try? readEnd.read(into: &buffer) else {
                continue
            }
            waiting += buffer[..<count]
            let lines = waiting.lastIndex(of: Self.newline).map { $0 + 1 } ?? 0
            let end = count == 0 || waiting.count - lines > Self.longestLine ? waiting.count : lines
            write(waiting[..<end], &loss)
            waiting.removeFirst(end)
            guard count > 0 else {
                return
            }
        }
    }

    private func write(_ lines: ArraySlice<UInt8>, _ loss: inout Loss) {
        var rest = lines
        while !rest.isEmpty {
            let piece = Self.firstPiece(of: rest)
            rest = rest[piece.endIndex...]
            guard loss.lines > 0 || loss.isInsideLine else {
                write(piece: piece, &loss)
                continue
            }
            let end = loss.isInsideLine ? [Self.newline] : []
            let notice = loss.lines > 0 ? reporter.missingLinesNotice(loss.lines) : []
            write(piece: ArraySlice(end + notice + piece), &loss)
        }
    }

    /// Returns whole lines, as many as fit into a pipe at once, so that they are not mixed with what others write; or one longer line.
    private static func firstPiece(of lines: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let first = lines.prefix(Int(PIPE_BUF))
        guard first.count < lines.count, let end = first.lastIndex(of: newline) ?? lines.firstIndex(of: newline) else {
            return lines
        }
        return lines[...end]
    }

    /// Writes a piece, and waits for the reader; a relay in front of that limits how long.
    private func write(piece: ArraySlice<UInt8>, _ loss: inout Loss) {
        var rest = piece
        do {
            while !rest.isEmpty {
                rest = rest.dropFirst(try target.writeSome(rest))
            }
            loss = Loss()
        } catch {
            loss.lines += rest.count { $0 == Self.newline }
            loss.isInsideLine = rest.count < piece.count || loss.isInsideLine
            reporter.reportOnce(.error, "lines are missing from standard output: \(error.reason)", key: "log pipe")
        }
    }

    /// What could not be written since the last time that all could.
    private struct Loss {
        var lines = 0
        /// Whether standard output ends within a line.
        var isInsideLine = false
    }
}

private func openPipe(_ path: String, _ flags: Int32) throws(SystemError) -> FileDescriptor {
    let descriptor = open(path, flags | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
        throw SystemError("open '\(path)'")
    }
    return FileDescriptor(owning: descriptor)
}
