import ExecutableTesting
import Foundation

/// A terminal for a program under test.
final class PseudoTerminal {
    /// The path at which the program opens it.
    let path: String

    /// `TIOCSPTLCK` and `TIOCGPTN`, which Swift does not import.
    private static let (setLock, getNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)

    private let descriptor: Int32
    private var output: [UInt8] = []

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
        setSize(columns: columns, rows: rows)
    }

    deinit {
        close(descriptor)
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
        var buffer = [UInt8](repeating: 0, count: 4096)
        while case let count = read(descriptor, &buffer, buffer.count), count > 0 {
            output += buffer[..<count]
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// Whether keys are shown, and arrive only with the line that they are in, as in every other program.
    var isCooked: Bool {
        var settings = termios()
        let isKnown = tcgetattr(descriptor, &settings) == 0
        return isKnown && settings.c_lflag & tcflag_t(ECHO | ICANON) == tcflag_t(ECHO | ICANON)
    }
}
