#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A connection to a server, on which every wait ends at a deadline.
package struct Connection: ~Copyable {
    private let socket: Descriptor
    private let deadline: Deadline

    /// Why a connection was not made, or is of no more use.
    package enum Failure: Error, Equatable {
        /// The deadline has passed.
        case timedOut
        /// The other side sent more than was to be accepted.
        case tooMuch
        /// The other side never came to the point.
        case tooManyHeaders
        /// The system refused.
        case system(SystemError)
    }

    private init(_ socket: consuming Descriptor, _ deadline: Deadline) {
        self.socket = socket
        self.deadline = deadline
    }

    /// Connects, trying one address after the other.
    ///
    /// - Parameters:
    ///   - addresses: Where the server may be; one at least.
    ///   - deadline: The end of this wait, and of all later ones on the connection.
    /// - Returns: The connection to the first that answers.
    /// - Throws: ``Failure``; the last address says why.
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
        let number = streamSocketDescriptor(address.family)
        guard number >= 0 else {
            throw .system(SystemError("open a socket"))
        }
        let connection = Connection(Descriptor(owning: number), deadline)
        try connection.connect(to: address)
        return connection
    }

    private func connect(to address: SocketAddress) throws(Failure) {
        var pause: Int32 = 1
        while true {
            let result = address.withPointer { systemConnect(socket.number, $0, $1) }
            let code = result == 0 ? 0 : errno
            switch code {
            case 0:
                return
            case EINPROGRESS, EINTR, EALREADY:
                return try finishConnecting()
            case EAGAIN where address.family == AF_UNIX:
                // The server's backlog is full, and nothing tells when it no longer is.
                guard !deadline.hasPassed else {
                    throw .timedOut
                }
                _ = poll(nil, 0, min(pause, deadline.milliseconds))
                pause = min(pause * 2, 20)
            default:
                throw .system(SystemError("connect", code: code))
            }
        }
    }

    private func finishConnecting() throws(Failure) {
        try wait(for: Int16(POLLOUT))
        var code: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(socket.number, SOL_SOCKET, SO_ERROR, &code, &length) == 0 else {
            throw .system(SystemError("ask a socket for its error"))
        }
        guard code == 0 else {
            throw .system(SystemError("connect", code: code))
        }
    }

    /// Sends all of the bytes.
    ///
    /// - Throws: ``Failure``, where the other side has gone, or takes too long.
    package func send(_ bytes: ArraySlice<UInt8>) throws(Failure) {
        var rest = bytes
        while !rest.isEmpty {
            // Without the flag, a server that has gone would kill this process by SIGPIPE.
            let count = rest.withUnsafeBytes { systemSend(socket.number, $0.baseAddress, $0.count, noSignal) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else {
                try wait(for: Int16(POLLOUT), after: "send", errno)
            }
        }
    }

    /// Reads until the other side closes, or nothing more can follow.
    ///
    /// - Parameter isComplete: Whether nothing can follow what has been received so far; asked after each piece.
    /// - Returns: All that was sent.
    /// - Throws: ``Failure``, also what `isComplete` throws.
    package func read(_ isComplete: (inout [UInt8]) throws(Failure) -> Bool) throws(Failure) -> [UInt8] {
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while !deadline.hasPassed {
            let count = buffer.withUnsafeMutableBytes { recv(socket.number, $0.baseAddress, $0.count, 0) }
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

    /// Waits where a call found nothing to do; throws where its error says more than that.
    private func wait(for events: Int16, after action: String, _ code: Int32) throws(Failure) {
        guard code == EAGAIN || code == EWOULDBLOCK || code == EINTR else {
            throw .system(SystemError(action, code: code))
        }
        try wait(for: events)
    }

    /// Waits until the socket is ready, or broken, which the next call on it will tell.
    private func wait(for events: Int16) throws(Failure) {
        while !deadline.hasPassed {
            var request = pollfd(fd: socket.number, events: events, revents: 0)
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

/// A new socket that never blocks and that no child inherits; -1 results where `errno` says why.
private func streamSocketDescriptor(_ family: Int32) -> Int32 {
    #if canImport(Glibc)
    let flags = Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    #else
    let flags = SOCK_NONBLOCK | SOCK_CLOEXEC
    #endif
    let number = socket(family, streamSocket | flags, 0)
    if number >= 0, family != AF_UNIX {
        // The last piece of a long request would otherwise wait for an acknowledgement that comes late.
        var on: Int32 = 1
        setsockopt(number, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }
    return number
}

/// The C library's `connect`, which a method of that name would hide.
private func systemConnect(_ socket: Int32, _ address: UnsafePointer<sockaddr>?, _ length: socklen_t) -> Int32 {
    connect(socket, address, length)
}

/// The C library's `send`, which a method of that name would hide.
private func systemSend(_ socket: Int32, _ bytes: UnsafeRawPointer?, _ count: Int, _ flags: Int32) -> Int {
    send(socket, bytes, count, flags)
}
