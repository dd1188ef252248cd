#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A descriptor to write to without waiting, as far as that is possible for its kind.
///
/// The open file behind a descriptor that was inherited is shared with other processes, so it must not be made
/// non-blocking; a pipe or a terminal can be opened anew by its path, and a socket takes a flag with each call.
final class Outlet: Sendable {
    /// What came of trying to write.
    enum Attempt: Equatable {
        /// So many bytes were written.
        case wrote(Int)
        /// It would have taken time.
        case mustWait
        /// Nothing can be written; the error number says why.
        case failed(Int32)
    }

    private enum Kind {
        /// A write returns at once, with `EAGAIN` if it would have to wait.
        case prompt
        case socket
        /// It can only be written by waiting.
        case blocking
    }

    /// What this object has opened itself, or was given.
    private let owned: Descriptor?
    private let number: Int32
    private let kind: Kind

    /// Takes a descriptor that does not block.
    init(owning descriptor: consuming Descriptor) {
        number = descriptor.number
        owned = consume descriptor
        kind = .prompt
    }

    /// Writes to what a descriptor leads to that is shared with other processes, and must outlive this object.
    init(sharing descriptor: Int32) {
        var information = stat()
        let type = fstat(descriptor, &information) == 0 ? information.st_mode & S_IFMT : 0
        if type == S_IFREG || type == S_IFSOCK {
            owned = nil
            number = descriptor
            kind = type == S_IFSOCK ? .socket : .prompt
            return
        }
        // Some other user may have made the pipe, there may be no /proc, and a terminal may be that of another container.
        let opened = open("/proc/self/fd/\(descriptor)", O_WRONLY | O_APPEND | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        owned = opened < 0 ? nil : Descriptor(owning: opened)
        number = opened < 0 ? descriptor : opened
        kind = opened < 0 ? .blocking : .prompt
    }

    /// Whether a path leads to the pipe, terminal or other device that this is; to a file it is opened anew, as that may be
    /// another one by now.
    func isDevice(at path: String) -> Bool {
        isSameFile(path, number, unlessRegular: true)
    }

    /// Writes as much as can be written at once.
    func write(_ bytes: ArraySlice<UInt8>) -> Attempt {
        kind == .blocking ? .mustWait : attempt(bytes)
    }

    /// Writes some of the bytes, and waits until that is possible.
    func writeWaiting(_ bytes: ArraySlice<UInt8>) -> Attempt {
        guard kind != .blocking else {
            return attempt(bytes)
        }
        while true {
            var entry = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
            _ = retryOnInterrupt { poll(&entry, 1, -1) }
            let outcome = attempt(bytes)
            guard outcome == .mustWait else {
                return outcome
            }
            // There is some room, and not enough for a line in one piece.
            pause(for: .milliseconds(10))
        }
    }

    private func attempt(_ bytes: ArraySlice<UInt8>) -> Attempt {
        let count = bytes.withUnsafeBytes { buffer in
            retryOnInterrupt {
                kind == .socket
                    ? send(number, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL))
                    : systemWrite(number, buffer.baseAddress, buffer.count)
            }
        }
        guard count < 0 else {
            return .wrote(count)
        }
        return errno == EAGAIN ? .mustWait : .failed(errno)
    }
}

/// Whether a path leads to what standard error leads to, whatever it is called.
package func isStandardError(_ path: String) -> Bool {
    isSameFile(path, 2)
}

private func isSameFile(_ path: String, _ descriptor: Int32, unlessRegular: Bool = false) -> Bool {
    var (named, open) = (stat(), stat())
    guard stat(path, &named) == 0, fstat(descriptor, &open) == 0 else {
        return false
    }
    return named.st_dev == open.st_dev && named.st_ino == open.st_ino
        && !(unlessRegular && open.st_mode & S_IFMT == S_IFREG)
}

/// The C library's `write`, which a method of that name would hide.
private func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, buffer, count)
}
