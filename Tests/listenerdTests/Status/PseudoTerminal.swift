import ExecutableTesting
import Foundation
import Synchronization

/// A terminal for a program under test, which is read all the time: a program whose terminal is full would wait.
final class PseudoTerminal {
    /// The path at which the program opens it.
    let path: String

    /// `TIOCSPTLCK` and `TIOCGPTN`, which Swift does not import.
    private static let (setLock, getNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)

    private let descriptor: Int32
    private let reader: Reader

    /// Makes a terminal of some size.
    init(columns: UInt16, rows: UInt16) throws {
        descriptor = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        var (isLocked, number): (Int32, Int32) = (0, 0)
        guard descriptor >= 0, ioctl(descriptor, Self.setLock, &isLocked) == 0,
            ioctl(descriptor, Self.getNumber, &number) == 0
        else {
            throw TestFailure("there is no terminal: \(String(cString: strerror(errno)))")
        }
        path = "/dev/pts/\(number)"
        reader = Reader(descriptor)
        Thread.detachNewThread { [reader] in reader.run() }
        setSize(columns: columns, rows: rows)
    }

    deinit {
        reader.isOver.store(true, ordering: .relaxed)
    }

    /// Changes its size.
    func setSize(columns: UInt16, rows: UInt16) {
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(descriptor, UInt(TIOCSWINSZ), &size)
    }

    /// Starts a program that it is the terminal of.
    func start(_ path: String, _ arguments: [String], type: String = "xterm") throws -> RunningProgram {
        try RunningProgram(
            "/usr/bin/setsid",
            ["--ctty", path] + arguments,
            environment: ["TERM": type],
            input: self.path,
            output: self.path
        )
    }

    /// Presses keys.
    func press(_ keys: String) {
        let bytes = Array(keys.utf8)
        _ = write(descriptor, bytes, bytes.count)
    }

    /// All that was written to it so far.
    var text: String {
        String(decoding: reader.read(), as: UTF8.self)
    }

    /// Whether keys are shown, and arrive only with the line that they are in, as in every other program.
    var isCooked: Bool {
        var settings = termios()
        let isKnown = tcgetattr(descriptor, &settings) == 0
        return isKnown && settings.c_lflag & tcflag_t(ECHO | ICANON) == tcflag_t(ECHO | ICANON)
    }
}

extension PseudoTerminal {
    /// Reads the terminal on a thread of its own, and closes it.
    private final class Reader: Sendable {
        private let output = Mutex<[UInt8]>([])
        let isOver = Atomic<Bool>(false)
        private let descriptor: Int32

        init(_ descriptor: Int32) {
            self.descriptor = descriptor
        }

        func run() {
            while !isOver.load(ordering: .relaxed) {
                var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                poll(&entry, 1, 20)
                _ = read()
                if entry.revents & Int16(POLLHUP) != 0 {
                    // As long as nobody has it open, poll does not wait.
                    usleep(5000)
                }
            }
            close(descriptor)
        }

        /// Reads what there is, and returns all that was read so far.
        func read() -> [UInt8] {
            output.withLock { output in
                var buffer = [UInt8](repeating: 0, count: 4096)
                while case let count = Glibc.read(descriptor, &buffer, buffer.count), count > 0 {
                    output += buffer[..<count]
                }
                return output
            }
        }
    }
}
