import Glibc

/// A file descriptor for writing without blocking, as far as its kind of file allows that.
///
/// An inherited descriptor shares its open file with other processes, so it must not be made non-blocking. A pipe or a terminal
/// can be opened again by its path, and a socket takes a flag with each call.
final class NonBlockingOutput: Sendable {
    /// The outcome of a write.
    enum Outcome: Equatable {
        /// This number of bytes was written.
        case wrote(Int)
        /// Nothing was written, because the write would have blocked.
        case mustWait
        /// Nothing was written, because of the error with this `errno`.
        case failed(Int32)
    }

    private enum Kind {
        /// A write returns at once, with `EAGAIN` if it would block.
        case nonBlocking
        case socket
        /// A write may block, and there is no way to tell before.
        case blocking
    }

    /// The descriptor, if this object closes it.
    private let owned: FileDescriptor?
    private let rawValue: Int32
    private let kind: Kind
    /// Whether it is a regular file, which takes what is written as a whole, however long it is.
    let isFile: Bool

    /// Takes ownership of a non-blocking descriptor.
    init(owning descriptor: consuming FileDescriptor) {
        rawValue = descriptor.rawValue
        owned = consume descriptor
        kind = .nonBlocking
        var information = stat()
        isFile = fstat(rawValue, &information) == 0 && information.st_mode & S_IFMT == S_IFREG
    }

    /// Writes to the file of a descriptor that is shared with other processes, and that must stay open.
    init(sharing descriptor: Int32) {
        var information = stat()
        let type = fstat(descriptor, &information) == 0 ? information.st_mode & S_IFMT : 0
        isFile = type == S_IFREG
        if type == S_IFREG || type == S_IFSOCK {
            owned = nil
            rawValue = descriptor
            kind = type == S_IFSOCK ? .socket : .nonBlocking
            return
        }
        // This fails if another user has made the pipe, if there is no /proc, or if the terminal is that of another container.
        let opened = open("/proc/self/fd/\(descriptor)", O_WRONLY | O_APPEND | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        owned = opened < 0 ? nil : FileDescriptor(owning: opened)
        rawValue = opened < 0 ? descriptor : opened
        kind = opened < 0 ? .blocking : .nonBlocking
    }

    /// Returns whether a path names the pipe, terminal or other device of this descriptor.
    ///
    /// For a regular file it is false: the path may name another file by now, and is to be opened again.
    func isDevice(at path: String) -> Bool {
        var information = stat()
        guard fstat(rawValue, &information) == 0, information.st_mode & S_IFMT != S_IFREG else {
            return false
        }
        return FileIdentity(path: path) == FileIdentity(information)
    }

    /// Removes what was written last to a file that this object has opened, unless another process has written since.
    ///
    /// - Parameter count: How many bytes.
    /// - Returns: Whether they are removed.
    func removeLast(_ count: Int) -> Bool {
        var information = stat()
        let end = lseek(rawValue, 0, SEEK_CUR)
        guard isFile, owned != nil, end >= count, fstat(rawValue, &information) == 0, information.st_size == end else {
            return false
        }
        return ftruncate(rawValue, end - off_t(count)) == 0
    }

    /// Writes as many bytes as possible without blocking.
    func write(_ bytes: ArraySlice<UInt8>) -> Outcome {
        kind == .blocking ? .mustWait : attempt(bytes)
    }

    /// Writes some of the bytes if there is room, for a caller that has no thread that could wait.
    ///
    /// A write that blocks does so here only if another process fills the room at this moment.
    func writeIfThereIsRoom(_ bytes: ArraySlice<UInt8>) -> Outcome {
        var entry = pollfd(fd: rawValue, events: Int16(POLLOUT), revents: 0)
        guard retryOnInterrupt({ poll(&entry, 1, 0) }) == 1 else {
            return .mustWait
        }
        // A pipe counts as writable if it has room for so many.
        return attempt(bytes.prefix(Int(PIPE_BUF)))
    }

    /// Writes some of the bytes, and waits until that is possible.
    func writeWaiting(_ bytes: ArraySlice<UInt8>) -> Outcome {
        guard kind != .blocking else {
            return attempt(bytes)
        }
        while true {
            var entry = pollfd(fd: rawValue, events: Int16(POLLOUT), revents: 0)
            _ = retryOnInterrupt { poll(&entry, 1, -1) }
            let outcome = attempt(bytes)
            guard outcome == .mustWait else {
                return outcome
            }
            // There is room, but not enough to write a whole line at once, as a pipe must.
            pause(for: .milliseconds(10))
        }
    }

    private func attempt(_ bytes: ArraySlice<UInt8>) -> Outcome {
        let count = bytes.withUnsafeBytes { buffer in
            retryOnInterrupt {
                kind == .socket
                    ? send(rawValue, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL))
                    : systemWrite(rawValue, buffer.baseAddress, buffer.count)
            }
        }
        guard count < 0 else {
            return .wrote(count)
        }
        return errno == EAGAIN ? .mustWait : .failed(errno)
    }
}

/// Returns whether a path, by any name, is the file of standard error.
package func isStandardError(_ path: String) -> Bool {
    FileIdentity(path: path).map { $0 == FileIdentity(descriptor: 2) } ?? false
}

/// Calls the C library's `write`, which a method of that name hides.
private func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, buffer, count)
}
