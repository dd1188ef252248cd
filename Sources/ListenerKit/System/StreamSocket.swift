import Glibc

/// A stream socket that never blocks, for a thread that polls.
final class StreamSocket: Sendable {
    /// How far a connection is.
    enum Progress: Equatable {
        /// It is made, or there is room or input again.
        case done
        /// It takes its time: poll the socket.
        case underWay
        /// It has failed.
        case failed(SystemError)
    }

    /// How a transfer of bytes has ended.
    enum Transfer: Equatable {
        /// So many bytes were transferred; none have come at the end of input.
        case moved(Int)
        /// It would have blocked.
        case mustWait
        /// It has failed.
        case failed(SystemError)
    }

    private let socket: FileDescriptor
    private let family: Int32

    /// Opens a socket.
    ///
    /// - Parameter address: The address to which it will connect.
    /// - Throws: ``SystemError`` if the system has no more descriptors, or does not know that kind of address.
    init(for address: SocketAddress) throws(SystemError) {
        let descriptor = streamSocketDescriptor(address.family)
        guard descriptor >= 0 else {
            throw SystemError("open a socket")
        }
        socket = FileDescriptor(owning: descriptor)
        family = address.family
    }

    /// Takes ownership of a connection that was accepted, and that may block.
    init(accepted descriptor: consuming FileDescriptor) {
        _ = fcntl(descriptor.rawValue, F_SETFL, O_NONBLOCK)
        socket = descriptor
        family = AF_UNIX
    }

    /// The process at the other end of a Unix socket.
    var peer: PeerCredentials? { PeerCredentials(ofSocket: socket.rawValue) }

    /// The descriptor to poll: once it is writable, ``progress`` tells whether it has connected.
    var fileDescriptor: Int32 { socket.rawValue }

    /// Begins to connect.
    ///
    /// - Parameter address: The address.
    /// - Returns: How far it is. A Unix socket whose server has not accepted those before is connected, as far as anybody can
    ///   tell: something listens there.
    func connect(to address: SocketAddress) -> Progress {
        let result = address.withPointer { systemConnect(socket.rawValue, $0, $1) }
        let code = result == 0 ? 0 : errno
        switch code {
        case 0: return connected
        case EINPROGRESS, EALREADY, EINTR: return .underWay
        case EAGAIN where family == AF_UNIX: return .done
        default: return .failed(SystemError("connect", code: code))
        }
    }

    /// How far the connection is, once the socket is writable.
    var progress: Progress {
        var code: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(socket.rawValue, SOL_SOCKET, SO_ERROR, &code, &length) == 0 else {
            return .failed(SystemError("connect"))
        }
        return code == 0 ? connected : .failed(SystemError("connect", code: code))
    }

    /// A port of this machine on which nobody listens can be the one that the system gives to this very socket, which then
    /// connects to itself: TCP allows two sides to call each other at once (RFC 9293, 3.5).
    private var connected: Progress {
        guard family != AF_UNIX, let own = name(getsockname), own == name(getpeername) else {
            return .done
        }
        return .failed(SystemError("connect", code: ECONNREFUSED))
    }

    private func name(
        _ read: (Int32, UnsafeMutablePointer<sockaddr>?, UnsafeMutablePointer<socklen_t>?) -> Int32
    ) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: MemoryLayout<sockaddr_storage>.size)
        var length = socklen_t(bytes.count)
        let result = bytes.withUnsafeMutableBytes { buffer in
            read(socket.rawValue, buffer.assumingMemoryBound(to: sockaddr.self).baseAddress, &length)
        }
        return result == 0 ? bytes : nil
    }

    /// Sends as many bytes as there is room for.
    func send(_ bytes: ArraySlice<UInt8>) -> Transfer {
        // Without the flag, SIGPIPE would kill this process if the server is gone.
        transferred("send", bytes.withUnsafeBytes { systemSend(socket.rawValue, $0.baseAddress, $0.count, noSignal) })
    }

    /// Receives the bytes that have come into the beginning of an array.
    func receive(into bytes: inout [UInt8]) -> Transfer {
        transferred("receive", bytes.withUnsafeMutableBytes { recv(socket.rawValue, $0.baseAddress, $0.count, 0) })
    }

    private func transferred(_ action: String, _ count: Int) -> Transfer {
        guard count < 0 else {
            return .moved(count)
        }
        let isInterrupted = errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR
        return isInterrupted ? .mustWait : .failed(SystemError(action))
    }
}

private let noSignal = Int32(MSG_NOSIGNAL)

/// Calls the C library's `connect`, which a method of that name hides.
private func systemConnect(_ socket: Int32, _ address: UnsafePointer<sockaddr>?, _ length: socklen_t) -> Int32 {
    connect(socket, address, length)
}

/// Calls the C library's `send`, which a method of that name hides.
private func systemSend(_ socket: Int32, _ bytes: UnsafeRawPointer?, _ count: Int, _ flags: Int32) -> Int {
    send(socket, bytes, count, flags)
}
