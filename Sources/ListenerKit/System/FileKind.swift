import Glibc

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

    /// Looks up the kind of what a path names, also by a symbolic link; nil results for a regular file, or if there is none.
    package init?(path: String) {
        var information = stat()
        guard stat(path, &information) == 0 else {
            return nil
        }
        self.init(mode: information.st_mode)
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
