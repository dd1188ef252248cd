import Foundation

/// A port of 127.0.0.1 that the system assigns to no other process, and on which a supervisord can still listen.
final class ReservedPort: Sendable {
    /// The number of the port.
    let number: Int
    private let socket: Int32

    init() throws {
        let socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        // Two sockets can be bound to one port if both have this option and only one of them listens.
        var on: Int32 = 1
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutableBytes(of: &address) { bytes -> Int32 in
            let pointer = bytes.assumingMemoryBound(to: sockaddr.self).baseAddress
            return bind(socket, pointer, length) == 0 ? getsockname(socket, pointer, &length) : -1
        }
        guard code == 0 else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
        }
        self.socket = socket
        number = Int(UInt16(bigEndian: address.sin_port))
    }

    /// Runs a body with the number of a port that is reserved until the body returns.
    static func use(_ body: (Int) async throws -> Void) async throws {
        let port = try ReservedPort()
        defer { withExtendedLifetime(port) {} }
        try await body(port.number)
    }

    deinit {
        close(socket)
    }
}
