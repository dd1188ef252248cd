#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension SocketAddress {
    /// A host name for which no address was found.
    package struct UnknownHost: Error, Equatable {
        /// The resolver's own words.
        package let reason: String
    }

    /// Finds the addresses of a host, those to be tried first in front.
    ///
    /// Numbers and `localhost` need no resolver: in a statically linked program it works only where the system
    /// has the shared libraries of the C library that the program was built with.
    ///
    /// - Parameters:
    ///   - host: A numeric address or a name.
    ///   - port: The port on that host.
    /// - Returns: At least one address.
    /// - Throws: ``UnknownHost``, where the resolver does not know the name.
    package static func resolve(_ host: String, port: UInt16) throws(UnknownHost) -> [SocketAddress] {
        let known = withoutLookup(host, port: port)
        return known.isEmpty ? try lookUp(host, port: port) : known
    }

    /// Returns the addresses of a host that is a numeric address or `localhost`; none for any other.
    static func withoutLookup(_ host: String, port: UInt16) -> [SocketAddress] {
        // Servers listen at these two; clients cannot connect to them everywhere.
        let anyAddress = ["0.0.0.0": "127.0.0.1", "::": "::1"]
        let candidates =
            host.lowercased() == "localhost" ? ["127.0.0.1", "::1"] : [anyAddress[host] ?? host]
        return candidates.compactMap { SocketAddress(numeric: $0, port: port) }
    }

    private static func lookUp(_ host: String, port: UInt16) throws(UnknownHost) -> [SocketAddress] {
        var hints = addrinfo()
        hints.ai_socktype = streamSocket
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, String(port), &hints, &list)
        guard code == 0 else {
            throw UnknownHost(reason: gai_strerror(code).map { String(cString: $0) } ?? "error \(code)")
        }
        defer { freeaddrinfo(list) }
        let addresses = sequence(first: list) { $0?.pointee.ai_next }.prefix { $0 != nil }.compactMap { entry in
            entry.flatMap { entry in
                let found = entry.pointee
                return SocketAddress(family: found.ai_family, found.ai_addr, length: found.ai_addrlen)
            }
        }
        guard !addresses.isEmpty else {
            throw UnknownHost(reason: "it has no address")
        }
        return addresses
    }
}

/// The socket type of connections, which the C libraries declare in different types.
#if canImport(Glibc)
package let streamSocket = Int32(SOCK_STREAM.rawValue)
#else
package let streamSocket = SOCK_STREAM
#endif
