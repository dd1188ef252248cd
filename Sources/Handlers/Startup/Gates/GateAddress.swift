import ListenerKit

/// The host and the port of a gate: `db:5432`, `[::1]:80`.
struct GateAddress: Equatable {
    /// The name of the host, or its address without brackets.
    let host: String
    /// The port.
    let port: UInt16

    /// Reads an address.
    ///
    /// - Parameters:
    ///   - text: The address.
    ///   - defaultPort: The port if none is given; nil if there must be one.
    /// - Throws: ``UnreadableGate`` if it is not one.
    init(_ text: Substring, defaultPort: UInt16? = nil) throws(UnreadableGate) {
        let rest: Substring
        if text.utf8.first == UInt8(ascii: "[") {
            (host, rest) = try Self.bracketed(text)
        } else {
            let end = text.utf8.lastIndex(of: UInt8(ascii: ":")) ?? text.endIndex
            (host, rest) = (try Self.name(text[..<end]), text[end...])
        }
        port = try Self.port(rest, defaultPort)
    }

    private static func bracketed(_ text: Substring) throws(UnreadableGate) -> (host: String, rest: Substring) {
        guard let end = text.utf8.firstIndex(of: UInt8(ascii: "]")) else {
            throw UnreadableGate("no ] after the address")
        }
        let host = text[..<end].dropFirst()
        // A link-local address has the name of a network interface behind it: fe80::1%eth0.
        let address = host.prefix { $0 != "%" }
        guard address.utf8.contains(UInt8(ascii: ":")), SocketAddress(numeric: String(address), port: 0) != nil else {
            throw UnreadableGate("\(String(host).quoted) is not an IPv6 address")
        }
        return (String(host), text[text.utf8.index(after: end)...])
    }

    private static func name(_ text: Substring) throws(UnreadableGate) -> String {
        let host = String(text)
        guard !host.isEmpty else {
            throw UnreadableGate("no host")
        }
        guard !host.utf8.contains(UInt8(ascii: ":")) else {
            throw UnreadableGate("an IPv6 address stands in brackets, as in [::1]:80")
        }
        guard host.utf8.allSatisfy(isNameByte) else {
            throw UnreadableGate("\(host.quoted) is not the name of a host")
        }
        return host
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch UnicodeScalar(byte) {
        case "a"..."z", "A"..."Z", "0"..."9", "-", ".", "_", "\u{80}"...: true
        default: false
        }
    }

    /// Reads what follows the host: nothing, or a colon and a port.
    private static func port(_ text: Substring, _ defaultPort: UInt16?) throws(UnreadableGate) -> UInt16 {
        if text.isEmpty, let defaultPort {
            return defaultPort
        }
        guard text.isEmpty || text.utf8.first == UInt8(ascii: ":") else {
            throw UnreadableGate("\(String(text).quoted) after the address; write a colon and the port")
        }
        let digits = text.dropFirst()
        guard !digits.isEmpty else {
            throw UnreadableGate("no port")
        }
        guard digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            throw UnreadableGate("the port \(String(digits).quoted) is not a number")
        }
        guard let port = UInt16(digits), port > 0 else {
            throw UnreadableGate("the port \(String(digits).quoted) is not from 1 to 65535")
        }
        return port
    }
}
