import Glibc

extension SocketAddress {
    /// The error for a host name that has no address.
    package struct UnknownHost: Error, Equatable {
        /// The resolver's message.
        package let reason: String
    }

    /// Returns the addresses of a host, in the order in which to try them.
    ///
    /// Numeric addresses and `localhost` are resolved here. For other names there is the C library's resolver, which in a
    /// statically linked program works only if the system has the shared libraries of that C library.
    ///
    /// - Parameters:
    ///   - host: A numeric address or a name.
    ///   - port: The port.
    /// - Returns: The addresses, at least one.
    /// - Throws: ``UnknownHost`` if the resolver does not know the name.
    package static func resolve(_ host: String, port: UInt16) throws(UnknownHost) -> [SocketAddress] {
        let known = withoutLookup(host, port: port)
        return known.isEmpty ? try lookUp(host, port: port) : known
    }

    /// Returns the addresses of a host that is a numeric address or `localhost`; none for any other.
    static func withoutLookup(_ host: String, port: UInt16) -> [SocketAddress] {
        // Servers listen at these two, but not every system lets clients connect to them.
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

/// `SOCK_STREAM`, in the type in which it is passed on.
package let streamSocket = Int32(SOCK_STREAM.rawValue)
