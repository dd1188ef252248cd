#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What can stand at a path instead of a regular file; the raw value is how a message calls it.
public enum FileKind: String, Sendable {
    /// A directory.
    case directory = "a directory"
    /// A named pipe, or one that a shell has made, as for `<(command)`.
    case namedPipe = "a pipe"
    /// A socket.
    case socket = "a socket"
    /// A device such as `/dev/zero`, or a terminal.
    case characterDevice = "a device"
    /// A disk.
    case blockDevice = "a disk"
    /// Something else.
    case other = "something else"

    /// Names what is not a regular file; nil if it is one.
    init?(mode: mode_t) {
        switch mode & S_IFMT {
        case S_IFREG: return nil
        case S_IFDIR: self = .directory
        case S_IFIFO: self = .namedPipe
        case S_IFSOCK: self = .socket
        case S_IFCHR: self = .characterDevice
        case S_IFBLK: self = .blockDevice
        default: self = .other
        }
    }
}
