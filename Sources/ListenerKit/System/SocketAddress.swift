#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Where a socket connects to, in the kernel's own form.
package struct SocketAddress: Equatable, Sendable {
    /// The address family: that of Unix sockets, of IPv4, or of IPv6.
    package let family: Int32
    private let bytes: [UInt8]

    /// How many bytes the path of a Unix socket may have; one more is needed for the zero behind it.
    package static let longestPath = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1

    private init(_ family: Int32, _ structure: some Any) {
        self.family = family
        bytes = withUnsafeBytes(of: structure) { Array($0) }
    }

    /// Copies an address that the resolver made; `nil` results where there is none.
    init?(family: Int32, _ address: UnsafePointer<sockaddr>?, length: socklen_t) {
        guard let address else {
            return nil
        }
        self.family = family
        bytes = Array(UnsafeRawBufferPointer(start: address, count: Int(length)))
    }

    /// The address of a Unix socket; `nil` results where the path is longer than ``longestPath``.
    package init?(path: String) {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard path.utf8.count <= SocketAddress.longestPath else {
            return nil
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        self.init(AF_UNIX, address)
    }

    /// A numeric IPv4 or IPv6 address; `nil` results for names, and for anything else.
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

    /// Lends the address to a system call.
    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>?, socklen_t) -> Result) -> Result {
        bytes.withUnsafeBytes { buffer in
            body(buffer.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t(buffer.count))
        }
    }
}

extension SystemError {
    /// The path of a Unix socket that has no room in the kernel's form of it.
    static let pathTooLong = SystemError("connect", code: ENAMETOOLONG)
}
