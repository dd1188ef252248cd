import Glibc

/// A Unix socket at which other processes connect, and that nothing waits for.
final class ListeningSocket: Sendable {
    /// How many connections can wait to be accepted.
    private static let backlog: Int32 = 16

    private let socket: FileDescriptor

    /// Begins to listen; the socket is closed with this object.
    ///
    /// - Parameter address: The address; nil if it would be too long.
    /// - Throws: ``SystemError``; its code is `EADDRINUSE` if another process listens there.
    init(at address: SocketAddress?) throws(SystemError) {
        socket = try Self.open(at: address)
    }

    private static func open(at address: SocketAddress?) throws(SystemError) -> FileDescriptor {
        guard let address else {
            throw SystemError("listen", code: ENAMETOOLONG)
        }
        let descriptor = streamSocketDescriptor(address.family)
        guard descriptor >= 0 else {
            throw SystemError("open a socket")
        }
        let socket = FileDescriptor(owning: descriptor)
        guard address.withPointer({ bind(descriptor, $0, $1) }) == 0, listen(descriptor, backlog) == 0 else {
            throw SystemError("listen")
        }
        return socket
    }

    /// The descriptor to poll.
    var descriptor: Int32 { socket.rawValue }

    /// Accepts the next connection, without waiting.
    ///
    /// - Returns: The connection; nil if there is none.
    /// - Throws: ``SystemError``, for example if the system has no more descriptors.
    func accept() throws(SystemError) -> FileDescriptor? {
        while true {
            let descriptor = retryOnInterrupt { systemAccept(socket.rawValue, nil, nil, O_CLOEXEC) }
            guard descriptor < 0 else {
                return FileDescriptor(owning: descriptor)
            }
            // One that has hung up by now is not the last one.
            guard errno == ECONNABORTED else {
                break
            }
        }
        guard errno == EAGAIN || errno == EWOULDBLOCK else {
            throw SystemError("accept a connection")
        }
        return nil
    }
}

/// The C library's `accept4`, which it does not declare for Swift.
///
/// No child can inherit the descriptor, not even one that another thread forks meanwhile: `O_CLOEXEC` is `SOCK_CLOEXEC`, too.
@_silgen_name("accept4")
private func systemAccept(
    _ socket: Int32,
    _ address: UnsafeMutableRawPointer?,
    _ length: UnsafeMutableRawPointer?,
    _ flags: Int32
) -> Int32
