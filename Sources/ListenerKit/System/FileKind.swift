#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A kind of file other than a regular file; the raw value is its name in messages.
public enum FileKind: String, Sendable {
    /// A directory.
    case directory = "a directory"
    /// A named pipe, or one that a shell has made for `<(command)`.
    case namedPipe = "a pipe"
    /// A socket.
    case socket = "a socket"
    /// A device such as `/dev/zero`, or a terminal.
    case characterDevice = "a device"
    /// A block device, such as a disk.
    case blockDevice = "a disk"
    /// Any other kind.
    case other = "something else"

    /// Whether a path names a directory, directly or by a symbolic link.
    package static func isDirectory(_ path: String) -> Bool {
        var information = stat()
        return stat(path, &information) == 0 && FileKind(mode: information.st_mode) == .directory
    }

    /// Reads the kind from `st_mode`; nil results for a regular file.
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
