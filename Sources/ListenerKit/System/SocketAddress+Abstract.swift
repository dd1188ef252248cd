import Glibc

extension SocketAddress {
    /// Makes the address of a Unix socket in the abstract namespace, which has no file; nil results if the name is longer than
    /// ``longestPath``.
    ///
    /// - Parameter name: The name, without the `@` with which it is written.
    package init?(abstract name: String) {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard name.utf8.count <= SocketAddress.longestPath else {
            return nil
        }
        // A NUL before the name makes it abstract, and every byte of the length counts.
        withUnsafeMutableBytes(of: &address.sun_path) { $0.dropFirst().copyBytes(from: name.utf8) }
        let end = MemoryLayout.offset(of: \sockaddr_un.sun_path).map { $0 + 1 + name.utf8.count } ?? 0
        self.init(AF_UNIX, address, length: end)
    }
}
