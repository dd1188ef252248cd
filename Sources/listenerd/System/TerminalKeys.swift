import Glibc
import ListenerKit

/// The keys of a terminal, which arrive at once and are not shown until this value is destroyed.
struct TerminalKeys: ~Copyable {
    /// Standard input.
    private static let descriptor: Int32 = 0

    private let previous: termios

    /// Prepares standard input; nil results if it is not a terminal, or another program of it is in the foreground.
    init?() {
        var settings = termios()
        // A change of its settings would stop a program in the background.
        guard tcgetattr(Self.descriptor, &settings) == 0, tcgetpgrp(Self.descriptor) == getpgrp() else {
            return nil
        }
        previous = settings
        prepare()
    }

    deinit {
        restore()
    }

    /// The descriptor to poll.
    var fileDescriptor: Int32 { Self.descriptor }

    /// Has keys arrive at once; those that end or stop a program still do.
    func prepare() {
        var settings = previous
        settings.c_lflag &= ~tcflag_t(ICANON | ECHO)
        withUnsafeMutableBytes(of: &settings.c_cc) { keys in
            keys[Int(VMIN)] = 1
            keys[Int(VTIME)] = 0
        }
        tcsetattr(Self.descriptor, TCSADRAIN, &settings)
    }

    /// Restores the terminal as it was before.
    func restore() {
        var settings = previous
        tcsetattr(Self.descriptor, TCSADRAIN, &settings)
    }

    /// Stops this program as its terminal does by Ctrl-Z, and prepares the terminal again when it goes on.
    func suspend() {
        restore()
        raise(SIGSTOP)
        prepare()
    }

    /// Reads the keys that were pressed; nil results if there will be none any more.
    func read() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 64)
        let count = retryOnInterrupt { systemRead(Self.descriptor, &buffer, buffer.count) }
        return count > 0 ? Array(buffer[..<count]) : nil
    }
}

/// Calls the C library's `read`, which a method of that name hides.
private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}
