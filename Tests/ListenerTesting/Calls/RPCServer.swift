import Glibc
import ListenerKit
import Synchronization

/// supervisord's HTTP server on a Unix socket: a thread that accepts, and one for each connection.
final class RPCServer: Sendable {
    private let path: String
    private let answer: @Sendable ([UInt8]) -> [UInt8]?
    private let socket = Mutex<Int32?>(nil)

    /// Creates a server that does not listen yet.
    ///
    /// - Parameters:
    ///   - path: The path of the socket.
    ///   - answer: Returns the answer to the bytes that have come; nil if the request is not complete. It may block.
    init(path: String, answer: @escaping @Sendable ([UInt8]) -> [UInt8]?) {
        self.path = path
        self.answer = answer
    }

    /// Accepts connections from now on.
    func open() throws(SystemError) {
        close()
        unlink(path)
        let number = Glibc.socket(AF_UNIX, streamSocket, 0)
        guard number >= 0, bind(number), listen(number, 128) == 0 else {
            throw SystemError("listen at '\(path)'")
        }
        _ = fcntl(number, F_SETFD, FD_CLOEXEC)
        socket.withLock { $0 = number }
        try startThread { [self] in accept(from: number) }
    }

    /// Refuses connections from now on; the socket's file remains, as after a supervisord that was killed.
    func close() {
        if let number = socket.withLock({ $0.take() }) {
            shutdown(number, Int32(SHUT_RDWR))
        }
    }

    private func bind(_ number: Int32) -> Bool {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard path.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else {
            return false
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.bind(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
    }

    private func accept(from number: Int32) {
        let listening = FileDescriptor(owning: number)
        while true {
            let connection = retryOnInterrupt { Glibc.accept(listening.rawValue, nil, nil) }
            guard connection >= 0 else {
                return
            }
            _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
            do {
                try startThread { [self] in serve(connection) }
            } catch {
                Glibc.close(connection)
            }
        }
    }

    private func serve(_ number: Int32) {
        let connection = FileDescriptor(owning: number)
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16 * 1024)
        while let count = try? connection.read(into: &buffer), count > 0 {
            received += buffer[..<count]
            if let bytes = answer(received) {
                try? connection.write(bytes)
                return
            }
        }
    }
}
