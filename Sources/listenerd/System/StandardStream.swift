#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

import ListenerKit

/// Standard output or standard error: a descriptor that this process has not opened, and that its children inherit.
struct StandardStream: Hashable, Sendable {
    /// What a descriptor leads to, as far as it matters to who writes.
    enum Kind: Sendable {
        /// The descriptor is closed.
        case closed
        /// A file on a disk: a write may fail, but waits for no reader.
        case file
        /// `/dev/null`, which takes everything.
        case nowhere
        /// A pipe, a socket, a terminal or another device: a write may wait for the reader.
        case reader
    }

    /// Standard output.
    static let output = StandardStream(descriptor: 1, name: "standard output")
    /// Standard error.
    static let error = StandardStream(descriptor: 2, name: "standard error")

    /// The file descriptor.
    let descriptor: Int32
    /// What messages call it.
    let name: String

    /// Describes a descriptor that is used like one.
    init(descriptor: Int32, name: String) {
        self.descriptor = descriptor
        self.name = name
    }

    /// What it leads to.
    var kind: Kind {
        guard let information else {
            return .closed
        }
        switch information.st_mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFCHR: return information.st_rdev == Self.nullDevice ? .nowhere : .reader
        default: return .reader
        }
    }

    /// Whether what is written to both arrives at the same place, in the order in which it was written.
    func leadsToSame(as other: StandardStream) -> Bool {
        guard let one = information, let other = other.information else {
            return false
        }
        return one.st_dev == other.st_dev && one.st_ino == other.st_ino
    }

    /// Opens a descriptor of one's own for what it leads to; no child inherits that.
    ///
    /// - Throws: ``SystemError``.
    func duplicate() throws(SystemError) -> Descriptor {
        Descriptor(owning: try duplicateDescriptor(descriptor, "duplicate \(name)"))
    }

    /// Redirects it to where another descriptor leads, for this process and its future children.
    ///
    /// - Throws: ``SystemError``.
    func redirect(to other: borrowing Descriptor) throws(SystemError) {
        try replaceDescriptor(descriptor, by: other.number)
    }

    /// Has all who share the stream write at the end of the file, where it is one, so that nobody overwrites what somebody has
    /// written who has opened it once more.
    func appendIfFile() {
        let flags = fcntl(descriptor, F_GETFL)
        if kind == .file, flags >= 0 {
            // If that fails all is as it was without.
            _ = fcntl(descriptor, F_SETFL, flags | O_APPEND)
        }
    }

    /// Lets those of the three standard streams that are closed lead to `/dev/null`.
    ///
    /// Otherwise the next files that this process opens would become its standard streams, and those of its children.
    static func openMissing() {
        for descriptor: Int32 in 0...2 where !isOpen(descriptor) {
            // The lowest number that is free.
            _ = open("/dev/null", O_RDWR)
        }
    }

    private var information: stat? {
        var information = stat()
        return fstat(descriptor, &information) == 0 ? information : nil
    }

    /// Major number 1, minor number 3 on every Linux.
    private static let nullDevice: dev_t = 1 << 8 | 3
}
