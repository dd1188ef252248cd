import Glibc
import ListenerKit

/// Standard output or standard error: an inherited descriptor that children inherit too.
struct StandardStream: Hashable, Sendable {
    /// The kind of file that a descriptor refers to, as far as it matters to a writer.
    enum Kind: Sendable {
        /// The descriptor is closed.
        case closed
        /// A regular file: a write may fail, but does not wait for a reader.
        case file
        /// `/dev/null`, which accepts everything.
        case nullDevice
        /// A pipe, a socket, a terminal or another device: a write may wait for the reader.
        case reader
    }

    /// Standard output.
    static let output = StandardStream(descriptor: 1, name: "standard output")
    /// Standard error.
    static let error = StandardStream(descriptor: 2, name: "standard error")

    /// The file descriptor.
    let descriptor: Int32
    /// Its name in messages.
    let name: String

    /// Describes a descriptor.
    init(descriptor: Int32, name: String) {
        self.descriptor = descriptor
        self.name = name
    }

    /// Finds the stream of `supervise` that a path names for supervisord and, as people expect, for a listener; nil if it is another
    /// file.
    init?(path: String) {
        let streams = [Self.output, Self.error]
        let path = PathText.absolute(path, from: "/")
        let found = zip(streams, ["/dev/stdout", "/dev/stderr"]).first { stream, name in
            let numbers = ["/dev", "/proc/self", "/proc/1", "/proc/\(getpid())"]
            return path == name || numbers.contains { path == "\($0)/fd/\(stream.descriptor)" }
        }
        guard let found else {
            return nil
        }
        self = found.0
    }

    /// The kind of file that it refers to.
    var kind: Kind {
        guard let information else {
            return .closed
        }
        switch information.st_mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFCHR: return information.st_rdev == Self.nullDeviceNumber ? .nullDevice : .reader
        default: return .reader
        }
    }

    /// Returns whether both refer to the same file, so that lines written to them arrive in the order in which they were written.
    func isSameFile(as other: StandardStream) -> Bool {
        guard let identity = FileIdentity(descriptor: descriptor) else {
            return false
        }
        return identity == FileIdentity(descriptor: other.descriptor)
    }

    /// Duplicates the descriptor; children do not inherit the new one.
    ///
    /// - Throws: ``SystemError``.
    func duplicate() throws(SystemError) -> FileDescriptor {
        FileDescriptor(owning: try duplicateDescriptor(descriptor, "duplicate \(name)"))
    }

    /// Redirects it to the open file of another descriptor, for this process and its future children.
    ///
    /// - Throws: ``SystemError``.
    func redirect(to other: borrowing FileDescriptor) throws(SystemError) {
        try replaceDescriptor(descriptor, by: other.rawValue)
    }

    /// Makes all processes that share the stream append, if it is a file, so that none overwrites what a process that has opened the
    /// file again has written.
    func appendIfFile() {
        let flags = fcntl(descriptor, F_GETFL)
        if kind == .file, flags >= 0 {
            // If this fails, nothing has changed.
            _ = fcntl(descriptor, F_SETFL, flags | O_APPEND)
        }
    }

    /// Opens `/dev/null` in place of each of the three standard streams that is closed.
    ///
    /// Otherwise the next files that this process opens would become its standard streams, and those of its children.
    static func openClosedStreams() {
        for descriptor: Int32 in 0...2 where !isOpen(descriptor) {
            // The lowest free descriptor, which is this one.
            _ = open("/dev/null", O_RDWR)
        }
    }

    private var information: stat? {
        var information = stat()
        return fstat(descriptor, &information) == 0 ? information : nil
    }

    /// Major number 1 and minor number 3, on every Linux.
    private static let nullDeviceNumber: dev_t = 1 << 8 | 3
}
