import Glibc

/// The address of a socket, in the kernel's form.
package struct SocketAddress: Equatable, Sendable {
    /// The address family: `AF_UNIX`, `AF_INET` or `AF_INET6`.
    package let family: Int32
    private let bytes: [UInt8]

    /// The largest length of a Unix socket's path in bytes, without the NUL after it.
    package static let longestPath = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1

    /// Copies an address, or the beginning of it that counts.
    init(_ family: Int32, _ structure: some Any, length: Int = .max) {
        self.family = family
        bytes = withUnsafeBytes(of: structure) { Array($0.prefix(length)) }
    }

    /// Copies an address of the resolver; nil results if there is none.
    init?(family: Int32, _ address: UnsafePointer<sockaddr>?, length: socklen_t) {
        guard let address else {
            return nil
        }
        self.family = family
        bytes = Array(UnsafeRawBufferPointer(start: address, count: Int(length)))
    }

    /// Makes the address of a Unix socket; nil results if the path is longer than ``longestPath``.
    package init?(path: String) {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard path.utf8.count <= SocketAddress.longestPath else {
            return nil
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        self.init(AF_UNIX, address)
    }

    /// Parses a numeric IPv4 or IPv6 address; nil results for anything else.
    package init?(numeric host: String, port: UInt16) {
        var four = sockaddr_in()
        var six = sockaddr_in6()
        if inet_pton(AF_INET, host, &four.sin_addr) == 1 {
            four.sin_family = sa_family_t(AF_INET)
            four.sin_port = port.bigEndian
            self.init(AF_INET, four)
        } else if inet_pton(AF_INET6, host, &six.sin6_addr) == 1 {
            six.sin6_family = sa_family_t(AF_INET6)
            six.sin6_port = port.bigEndian
            self.init(AF_INET6, six)
        } else {
            return nil
        }
    }

    /// Calls a closure with a pointer to the address and its length.
    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>?, socklen_t) -> Result) -> Result {
        bytes.withUnsafeBytes { buffer in
            body(buffer.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t(buffer.count))
        }
    }
}

extension SystemError {
    /// The error for the path of a Unix socket that is longer than the kernel allows.
    static let pathTooLong = SystemError("connect", code: ENAMETOOLONG)
}
