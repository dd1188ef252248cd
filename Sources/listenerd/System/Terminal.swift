import Glibc
import ListenerKit

/// A terminal.
enum Terminal {
    /// Returns whether a descriptor is a terminal on which lines can be replaced.
    static func canReplaceLines(_ descriptor: Int32) -> Bool {
        isatty(descriptor) == 1 && currentEnvironment()["TERM"] != "dumb"
    }

    /// Returns the size of a terminal; that of most terminals if it does not tell.
    static func size(_ descriptor: Int32) -> (columns: Int, rows: Int) {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
            return (80, 24)
        }
        return (Int(size.ws_col), Int(size.ws_row))
    }
}
