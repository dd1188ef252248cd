import Glibc

/// A Unix socket that receives datagrams, each with its sender as the kernel attests it.
///
/// A datagram arrives whole or not at all, from any user and even if the disk is full. The kernel queues only a few, so a sender
/// has to wait while others send many.
struct DatagramSocket: ~Copyable, Sendable {
    private let socket: FileDescriptor

    /// The descriptor to poll.
    var fileDescriptor: Int32 { socket.rawValue }

    private init(_ socket: consuming FileDescriptor) {
        self.socket = socket
    }

    /// Opens a socket at an address that has none yet.
    ///
    /// - Parameters:
    ///   - address: The address.
    ///   - action: The verb phrase with which an error says what was tried.
    /// - Returns: The socket; the caller removes its file, if it has one.
    /// - Throws: ``SystemError``.
    static func open(at address: SocketAddress, _ action: String) throws(SystemError) -> DatagramSocket {
        let socket = try openUnixSocket(datagramKind)
        // Set before there is an address, so that every datagram has its sender.
        var on: Int32 = 1
        guard setsockopt(socket.rawValue, SOL_SOCKET, SO_PASSCRED, &on, socklen_t(MemoryLayout<Int32>.size)) == 0 else {
            throw SystemError("ask for the senders of datagrams")
        }
        guard address.withPointer({ bind(socket.rawValue, $0, $1) }) == 0 else {
            throw SystemError(action)
        }
        return DatagramSocket(socket)
    }

    /// Opens a socket at a path where there is no file yet; every user who can reach the path can send to it.
    ///
    /// - Parameters:
    ///   - path: The path.
    ///   - action: The verb phrase with which an error says what was tried.
    /// - Returns: The socket; the caller removes its file.
    /// - Throws: ``SystemError``.
    static func open(atPath path: String, _ action: String) throws(SystemError) -> DatagramSocket {
        guard let address = SocketAddress(path: path) else {
            throw SystemError(action, code: ENAMETOOLONG)
        }
        let socket = try open(at: address, action)
        try letEveryUserConnect(to: path)
        return socket
    }

    /// Receives the next datagram, without waiting.
    ///
    /// - Parameters:
    ///   - limit: The size of the largest datagram that is received whole; the rest of a larger one is lost.
    ///   - acceptsDescriptors: Whether descriptors may be passed with it.
    ///   - action: The verb phrase with which an error says what was tried.
    /// - Returns: The datagram; nil if there is none.
    /// - Throws: ``SystemError``.
    func receive(limit: Int, acceptsDescriptors: Bool = false, _ action: String) throws(SystemError) -> Datagram? {
        var text = [UInt8](repeating: 0, count: limit)
        var control = [UInt8](repeating: 0, count: ControlMessage.room(acceptsDescriptors: acceptsDescriptors))
        let (count, controlCount) = receive(&text, &control)
        guard count >= 0 else {
            if errno == EAGAIN || errno == EWOULDBLOCK {
                return nil
            }
            throw SystemError(action)
        }
        return Datagram(text[..<count], ControlMessage.all(in: control[..<controlCount]))
    }

    private func receive(_ text: inout [UInt8], _ control: inout [UInt8]) -> (count: Int, controlCount: Int) {
        text.withUnsafeMutableBytes { text in
            control.withUnsafeMutableBytes { control in
                var vector = iovec(iov_base: text.baseAddress, iov_len: text.count)
                return withUnsafeMutablePointer(to: &vector) { vector in
                    var message = msghdr()
                    message.msg_iov = vector
                    message.msg_iovlen = 1
                    message.msg_control = control.baseAddress
                    message.msg_controllen = numericCast(control.count)
                    let count = retryOnInterrupt { recvmsg(socket.rawValue, &message, Int32(MSG_CMSG_CLOEXEC)) }
                    return (count, min(Int(message.msg_controllen), control.count))
                }
            }
        }
    }

    /// Returns whether a socket, of any type, receives at an address: there may be a file without one.
    static func isReceiving(at address: SocketAddress) throws(SystemError) -> Bool {
        let socket = try openUnixSocket(datagramKind)
        let result = address.withPointer { connect(socket.rawValue, $0, $1) }
        return result == 0 || errno != ECONNREFUSED && errno != ENOENT
    }
}

/// Opens a Unix socket that children do not inherit.
///
/// - Parameters:
///   - kind: ``datagramKind`` or `streamSocket`.
///   - blocks: Whether calls on it wait.
/// - Returns: The socket.
/// - Throws: ``SystemError`` if the system has no more descriptors.
func openUnixSocket(_ kind: Int32, blocks: Bool = false) throws(SystemError) -> FileDescriptor {
    let closesOnExec = Int32(SOCK_CLOEXEC.rawValue)
    let nonBlocking = Int32(SOCK_NONBLOCK.rawValue)
    let descriptor = socket(AF_UNIX, kind | closesOnExec | (blocks ? 0 : nonBlocking), 0)
    guard descriptor >= 0 else {
        throw SystemError("open a socket")
    }
    return FileDescriptor(owning: descriptor)
}

/// Lets every user who can reach the path of a socket connect or send to it; removes the path if that fails.
///
/// - Throws: ``SystemError``.
func letEveryUserConnect(to path: String) throws(SystemError) {
    guard chmod(path, 0o666) == 0 else {
        let error = SystemError("let every user write to '\(path)'")
        unlink(path)
        throw error
    }
}

/// `SOCK_DGRAM`, in the type in which it is passed on.
let datagramKind = Int32(SOCK_DGRAM.rawValue)
