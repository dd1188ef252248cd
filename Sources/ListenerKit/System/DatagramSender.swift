import Glibc

/// A Unix socket that sends datagrams to one address.
package struct DatagramSender: ~Copyable, Sendable {
    private let socket: FileDescriptor
    private let address: SocketAddress

    /// Opens a socket that never waits: if the receiver's queue is full, sending fails with `EAGAIN`.
    ///
    /// - Parameter address: Where the datagrams go.
    /// - Throws: ``SystemError`` if the system has no more descriptors.
    package init(to address: SocketAddress) throws(SystemError) {
        socket = try openUnixSocket(datagramKind)
        self.address = address
    }

    /// Opens a socket that waits in turn with other senders if the receiver's queue is full.
    ///
    /// - Parameters:
    ///   - address: Where the datagrams go.
    ///   - seconds: How long to wait at most.
    /// - Throws: ``SystemError`` if the system has no more descriptors.
    init(to address: SocketAddress, waitingFor seconds: Int) throws(SystemError) {
        socket = try openUnixSocket(datagramKind, blocks: true)
        self.address = address
        var timeout = timeval(tv_sec: seconds, tv_usec: 0)
        setsockopt(socket.rawValue, SOL_SOCKET, SO_SNDTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
    }

    /// Sends a datagram.
    ///
    /// - Parameters:
    ///   - bytes: The contents.
    ///   - action: The verb phrase with which an error says what was tried.
    /// - Throws: ``SystemError`` if it cannot be delivered.
    package func send(_ bytes: [UInt8], _ action: String) throws(SystemError) {
        let count = bytes.withUnsafeBytes { bytes in
            address.withPointer { address, length in
                retryOnInterrupt { sendto(socket.rawValue, bytes.baseAddress, bytes.count, noSignal, address, length) }
            }
        }
        guard count == bytes.count else {
            throw SystemError(action)
        }
    }
}

private let noSignal = Int32(MSG_NOSIGNAL)
