#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The socket by which handlers tell `supervise` the exit status of the container, each in a datagram: `7\n`.
///
/// A datagram arrives whole or not at all, from any user and even if the disk is full, and the kernel attests its sender. The
/// kernel queues only a few, so a sender has to wait while others send many.
package struct StatusSocket: ~Copyable, Sendable {
    /// The environment variable with the path of the socket.
    package static let variable = "LISTENERD_STATUS_FILE"

    private let path: String
    private let socket: FileDescriptor

    /// Makes a socket at a path where there is no file yet; the file is removed when this value is destroyed.
    ///
    /// Every user who can reach the path can send, so the receiver has to check the sender.
    ///
    /// - Parameter path: The path.
    /// - Throws: ``SystemError``.
    package init(path: String) throws(SystemError) {
        socket = try Self.listen(at: path)
        self.path = path
    }

    deinit {
        unlink(path)
    }

    /// The descriptor to poll.
    package var fileDescriptor: Int32 { socket.rawValue }

    /// Receives the next status, without waiting; datagrams that are not a status are skipped.
    ///
    /// - Returns: The status and the user id of its sender; nil if there is none.
    /// - Throws: ``SystemError``.
    package func receive() throws(SystemError) -> (status: UInt8, user: UInt32)? {
        while true {
            var text = [UInt8](repeating: 0, count: Self.longest + 1)
            var control = [UInt8](repeating: 0, count: Self.credentialsOffset + Self.credentialsSize)
            let count = receive(&text, &control)
            guard count >= 0 else {
                if errno == EAGAIN || errno == EWOULDBLOCK {
                    return nil
                }
                throw SystemError("receive a status")
            }
            if let status = Self.status(text[..<count]), let user = Self.user(control) {
                return (status, user)
            }
        }
    }

    /// Receives one datagram; its control buffer has room for the sender alone, so that no passed descriptors are accepted.
    private func receive(_ text: inout [UInt8], _ control: inout [UInt8]) -> Int {
        text.withUnsafeMutableBytes { text in
            control.withUnsafeMutableBytes { control in
                var vector = iovec(iov_base: text.baseAddress, iov_len: text.count)
                return withUnsafeMutablePointer(to: &vector) { vector in
                    var message = msghdr()
                    message.msg_iov = vector
                    message.msg_iovlen = 1
                    message.msg_control = control.baseAddress
                    message.msg_controllen = numericCast(control.count)
                    return retryOnInterrupt { recvmsg(socket.rawValue, &message, 0) }
                }
            }
        }
    }

    /// Sends a status; waits for up to a second if the receiver's queue is full.
    ///
    /// - Parameters:
    ///   - status: The status.
    ///   - path: The path of the receiver's socket.
    /// - Throws: ``SystemError`` if it cannot be delivered.
    package static func send(status: UInt8, to path: String) throws(SystemError) {
        let action = "send a status to '\(path)'"
        guard let address = SocketAddress(path: path) else {
            throw SystemError(action, code: ENAMETOOLONG)
        }
        let socket = try datagramSocket(blocks: true)
        var timeout = timeval(tv_sec: 1, tv_usec: 0)
        setsockopt(socket.rawValue, SOL_SOCKET, SO_SNDTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        let text = Array("\(status)\n".utf8)
        let count = text.withUnsafeBytes { text in
            address.withPointer { address, length in
                retryOnInterrupt { sendto(socket.rawValue, text.baseAddress, text.count, noSignal, address, length) }
            }
        }
        guard count == text.count else {
            throw SystemError(action)
        }
    }
}

extension StatusSocket {
    /// The length of the longest status: `255\n`.
    private static let longest = 4
    /// `struct ucred`: pid, user id and group id; the C libraries do not export it to Swift.
    private static let credentialsSize = 3 * MemoryLayout<UInt32>.size
    private static let credentialsOffset = MemoryLayout<cmsghdr>.size
    /// `SCM_CREDENTIALS` in `<linux/socket.h>`.
    private static let credentialsType: Int32 = 2

    private static func listen(at path: String) throws(SystemError) -> FileDescriptor {
        let socket = try datagramSocket(blocks: false)
        // Set before there is a path, so that every datagram has its sender.
        var on: Int32 = 1
        guard setsockopt(socket.rawValue, SOL_SOCKET, SO_PASSCRED, &on, socklen_t(MemoryLayout<Int32>.size)) == 0 else {
            throw SystemError("ask for the senders of datagrams")
        }
        let action = "listen at '\(path)'"
        guard let address = SocketAddress(path: path) else {
            throw SystemError(action, code: ENAMETOOLONG)
        }
        guard address.withPointer({ bind(socket.rawValue, $0, $1) }) == 0 else {
            throw SystemError(action)
        }
        guard chmod(path, 0o666) == 0 else {
            let error = SystemError("let every user write to '\(path)'")
            unlink(path)
            throw error
        }
        return socket
    }

    private static func status(_ text: ArraySlice<UInt8>) -> UInt8? {
        guard text.count <= longest, text.last == UInt8(ascii: "\n") else {
            return nil
        }
        return Int(decimal: text.dropLast()).flatMap { UInt8(exactly: $0) }
    }

    private static func user(_ control: [UInt8]) -> UInt32? {
        control.withUnsafeBytes { control in
            let header = control.loadUnaligned(as: cmsghdr.self)
            guard header.cmsg_level == SOL_SOCKET, header.cmsg_type == credentialsType else {
                return nil
            }
            return control.loadUnaligned(fromByteOffset: credentialsOffset + MemoryLayout<Int32>.size, as: UInt32.self)
        }
    }
}

private let noSignal = Int32(MSG_NOSIGNAL)

/// Opens a datagram socket that children do not inherit.
private func datagramSocket(blocks: Bool) throws(SystemError) -> FileDescriptor {
    #if canImport(Glibc)
    let kind = Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    let nonBlocking = Int32(SOCK_NONBLOCK.rawValue)
    #else
    let kind = SOCK_DGRAM | SOCK_CLOEXEC
    let nonBlocking = SOCK_NONBLOCK
    #endif
    let descriptor = socket(AF_UNIX, blocks ? kind : kind | nonBlocking, 0)
    guard descriptor >= 0 else {
        throw SystemError("open a socket")
    }
    return FileDescriptor(owning: descriptor)
}
