#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Where the status arrives with which a container is to end, each in a datagram of its own: `7\n`.
///
/// A datagram arrives whole or not at all, whichever user sends it and however full a disk is, and the kernel vouches for
/// its sender. The kernel keeps only a few of them, so while others send many, one has to wait for its place.
package struct StatusSocket: ~Copyable, Sendable {
    /// The variable that tells those who have a status to send where to.
    package static let variable = "LISTENERD_STATUS_FILE"

    private let path: String
    private let socket: Descriptor

    /// Listens at a path that is not taken; it goes away together with the socket.
    ///
    /// Anybody who reaches the path can send, so whoever receives has to look at the sender.
    ///
    /// - Parameter path: Where to listen.
    /// - Throws: ``SystemError``.
    package init(path: String) throws(SystemError) {
        socket = try Self.listen(at: path)
        self.path = path
    }

    deinit {
        unlink(path)
    }

    /// The number to poll.
    package var descriptor: Int32 { socket.number }

    /// Takes the next status, without waiting; what is no status is passed over.
    ///
    /// - Returns: The status and the user id of its sender; nil where nothing is there.
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

    /// Receives one datagram, with no room for more than the sender: descriptors that somebody adds stay out.
    private func receive(_ text: inout [UInt8], _ control: inout [UInt8]) -> Int {
        text.withUnsafeMutableBytes { text in
            control.withUnsafeMutableBytes { control in
                var piece = iovec(iov_base: text.baseAddress, iov_len: text.count)
                return withUnsafeMutablePointer(to: &piece) { piece in
                    var message = msghdr()
                    message.msg_iov = piece
                    message.msg_iovlen = 1
                    message.msg_control = control.baseAddress
                    message.msg_controllen = numericCast(control.count)
                    return retryOnInterrupt { recvmsg(socket.number, &message, 0) }
                }
            }
        }
    }

    /// Sends a status, for up to a second where others keep the receiver busy.
    ///
    /// - Parameters:
    ///   - status: The status.
    ///   - path: Where a socket of this kind listens.
    /// - Throws: ``SystemError`` where nobody will receive it.
    package static func send(status: UInt8, to path: String) throws(SystemError) {
        let action = "send a status to '\(path)'"
        guard let address = SocketAddress(path: path) else {
            throw SystemError(action, code: ENAMETOOLONG)
        }
        let socket = try datagramSocket(blocks: true)
        var timeout = timeval(tv_sec: 1, tv_usec: 0)
        setsockopt(socket.number, SOL_SOCKET, SO_SNDTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        let text = Array("\(status)\n".utf8)
        let count = text.withUnsafeBytes { text in
            address.withPointer { address, length in
                retryOnInterrupt { sendto(socket.number, text.baseAddress, text.count, noSignal, address, length) }
            }
        }
        guard count == text.count else {
            throw SystemError(action)
        }
    }
}

extension StatusSocket {
    /// As long as a status can be: `255\n`.
    private static let longest = 4
    /// A process id, a user id and a group id, for which the C libraries show no type here.
    private static let credentialsSize = 3 * MemoryLayout<UInt32>.size
    private static let credentialsOffset = MemoryLayout<cmsghdr>.size
    /// What the kernel calls them, in `<linux/socket.h>`.
    private static let credentialsType: Int32 = 2

    private static func listen(at path: String) throws(SystemError) -> Descriptor {
        let socket = try datagramSocket(blocks: false)
        // Before there is a path, so that no datagram comes without its sender.
        var on: Int32 = 1
        guard setsockopt(socket.number, SOL_SOCKET, SO_PASSCRED, &on, socklen_t(MemoryLayout<Int32>.size)) == 0 else {
            throw SystemError("ask for the senders of datagrams")
        }
        let action = "listen at '\(path)'"
        guard let address = SocketAddress(path: path) else {
            throw SystemError(action, code: ENAMETOOLONG)
        }
        guard address.withPointer({ bind(socket.number, $0, $1) }) == 0 else {
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

/// A new socket that no child inherits.
private func datagramSocket(blocks: Bool) throws(SystemError) -> Descriptor {
    #if canImport(Glibc)
    let kind = Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    let nonBlocking = Int32(SOCK_NONBLOCK.rawValue)
    #else
    let kind = SOCK_DGRAM | SOCK_CLOEXEC
    let nonBlocking = SOCK_NONBLOCK
    #endif
    let number = socket(AF_UNIX, blocks ? kind : kind | nonBlocking, 0)
    guard number >= 0 else {
        throw SystemError("open a socket")
    }
    return Descriptor(owning: number)
}
