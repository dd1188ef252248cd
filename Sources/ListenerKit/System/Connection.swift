import Glibc

/// A stream connection to a server, with one deadline for all of its waits.
package struct Connection: ~Copyable {
    private let socket: FileDescriptor
    private let deadline: Deadline

    /// Why a connection cannot be made, or is no longer usable.
    package enum Failure: Error, Equatable {
        /// The deadline has passed.
        case timedOut
        /// The other side has sent more than is accepted.
        case tooLarge
        /// The other side has sent header after header without an end.
        case tooManyHeaders
        /// A system call failed.
        case system(SystemError)
    }

    private init(_ socket: consuming FileDescriptor, _ deadline: Deadline) {
        self.socket = socket
        self.deadline = deadline
    }

    /// Connects to the first of some addresses that answers.
    ///
    /// - Parameters:
    ///   - addresses: The addresses to try, at least one.
    ///   - deadline: The deadline of this call, and of all later ones on the connection.
    /// - Returns: The connection.
    /// - Throws: ``Failure``: that of the last address.
    package static func open(to addresses: [SocketAddress], by deadline: Deadline) throws(Failure) -> Connection {
        var failure = Failure.system(SystemError("connect", code: EADDRNOTAVAIL))
        for address in addresses {
            do {
                return try open(to: address, by: deadline)
            } catch .timedOut {
                throw .timedOut
            } catch {
                failure = error
            }
        }
        throw failure
    }

    private static func open(to address: SocketAddress, by deadline: Deadline) throws(Failure) -> Connection {
        let descriptor = streamSocketDescriptor(address.family)
        guard descriptor >= 0 else {
            throw .system(SystemError("open a socket"))
        }
        let connection = Connection(FileDescriptor(owning: descriptor), deadline)
        try connection.connect(to: address)
        return connection
    }

    private func connect(to address: SocketAddress) throws(Failure) {
        var interval: Int32 = 1
        while true {
            let result = address.withPointer { systemConnect(socket.rawValue, $0, $1) }
            let code = result == 0 ? 0 : errno
            switch code {
            case 0:
                return
            case EINPROGRESS, EINTR, EALREADY:
                return try finishConnecting()
            case EAGAIN where address.family == AF_UNIX:
                // The server's backlog is full, and poll does not report when there is room again.
                guard !deadline.hasPassed else {
                    throw .timedOut
                }
                _ = poll(nil, 0, min(interval, deadline.milliseconds))
                interval = min(interval * 2, 20)
            default:
                throw .system(SystemError("connect", code: code))
            }
        }
    }

    private func finishConnecting() throws(Failure) {
        try wait(for: Int16(POLLOUT))
        var code: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(socket.rawValue, SOL_SOCKET, SO_ERROR, &code, &length) == 0 else {
            throw .system(SystemError("ask a socket for its error"))
        }
        guard code == 0 else {
            throw .system(SystemError("connect", code: code))
        }
    }

    /// The process at the other end, if this is a connection to a Unix socket.
    var peer: PeerCredentials? { PeerCredentials(ofSocket: socket.rawValue) }

    /// Sends all bytes.
    ///
    /// - Throws: ``Failure`` if the other side is gone, or takes too long.
    package func send(_ bytes: ArraySlice<UInt8>) throws(Failure) {
        var rest = bytes
        while !rest.isEmpty {
            // Without the flag, SIGPIPE would kill this process if the server is gone.
            let count = rest.withUnsafeBytes { systemSend(socket.rawValue, $0.baseAddress, $0.count, noSignal) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else {
                try wait(for: Int16(POLLOUT), after: "send", errno)
            }
        }
    }

    /// Reads until the other side closes the connection, or the message is complete.
    ///
    /// - Parameter isComplete: Returns whether the bytes received so far are a complete message; called after each read.
    /// - Returns: All bytes received.
    /// - Throws: ``Failure``, including what `isComplete` throws.
    package func read(_ isComplete: (inout [UInt8]) throws(Failure) -> Bool) throws(Failure) -> [UInt8] {
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while !deadline.hasPassed {
            let count = buffer.withUnsafeMutableBytes { recv(socket.rawValue, $0.baseAddress, $0.count, 0) }
            if count > 0 {
                received += buffer.prefix(count)
                if try isComplete(&received) {
                    return received
                }
            } else if count == 0 {
                return received
            } else {
                try wait(for: Int16(POLLIN), after: "receive", errno)
            }
        }
        throw .timedOut
    }

    /// Waits after a call that would have blocked; throws if it failed for another reason.
    private func wait(for events: Int16, after action: String, _ code: Int32) throws(Failure) {
        guard code == EAGAIN || code == EWOULDBLOCK || code == EINTR else {
            throw .system(SystemError(action, code: code))
        }
        try wait(for: events)
    }

    /// Waits until the socket is ready or broken; the next call on it tells which.
    private func wait(for events: Int16) throws(Failure) {
        while !deadline.hasPassed {
            var request = pollfd(fd: socket.rawValue, events: events, revents: 0)
            let count = poll(&request, 1, deadline.milliseconds)
            if count > 0 {
                return
            }
            guard count == 0 || errno == EINTR else {
                throw .system(SystemError("wait for a socket"))
            }
        }
        throw .timedOut
    }
}

private let noSignal = Int32(MSG_NOSIGNAL)

/// Opens a socket that does not block and that children do not inherit; returns -1, with `errno` set, if that fails.
func streamSocketDescriptor(_ family: Int32) -> Int32 {
    let flags = Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    let descriptor = socket(family, streamSocket | flags, 0)
    if descriptor >= 0, family != AF_UNIX {
        // Nagle's algorithm would hold back the last segment of a long request until a delayed acknowledgement arrives.
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }
    return descriptor
}

/// Calls the C library's `connect`, which a method of that name hides.
private func systemConnect(_ socket: Int32, _ address: UnsafePointer<sockaddr>?, _ length: socklen_t) -> Int32 {
    connect(socket, address, length)
}

/// Calls the C library's `send`, which a method of that name hides.
private func systemSend(_ socket: Int32, _ bytes: UnsafeRawPointer?, _ count: Int, _ flags: Int32) -> Int {
    send(socket, bytes, count, flags)
}
