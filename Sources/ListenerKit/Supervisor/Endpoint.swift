/// The address at which supervisord listens: a Unix socket, or a port of a host.
public enum Endpoint: Hashable, Sendable {
    /// A Unix socket, by the path of its file.
    case unix(path: String)
    /// A port of a host, given by its name, or by its address without brackets.
    case http(host: String, port: UInt16)

    /// Parses a URL in supervisord's form: `unix:///run/supervisor.sock` or `http://127.0.0.1:9001`.
    ///
    /// A path is not percent-decoded, since supervisord does not encode it. An `http` URL may end in `/` or `/RPC2`.
    ///
    /// - Parameter url: The URL.
    /// - Throws: ``EndpointError`` if supervisord cannot be reached by such a URL.
    public init(_ url: String) throws(EndpointError) {
        let scheme = String(Substring(url.utf8.prefix(7)))
        let rest = Substring(url.utf8.dropFirst(7))
        guard !Self.holdsCredentials(url) else {
            throw .holdsCredentials
        }
        switch scheme.lowercased() {
        case "unix://": self = try Endpoint.unix(String(rest), of: url)
        case "http://": self = try Endpoint.http(rest, of: url)
        default: throw .unknownScheme(url)
        }
    }

    /// The variable in which supervisord passes its address on to its children.
    static let variable = "SUPERVISOR_SERVER_URL"

    /// Reads `SUPERVISOR_SERVER_URL`, which supervisord sets for its children.
    ///
    /// - Parameter environment: The environment; the result is `nil` if the variable is missing or empty.
    /// - Throws: ``EndpointError`` if it is not a URL of supervisord.
    public init?(environment: [String: String]) throws(EndpointError) {
        guard let url = environment[Self.variable], !url.isEmpty else {
            return nil
        }
        try self.init(url)
    }

    /// Whether a URL has a user name between `//` and the next slash; such a URL is never quoted in a message.
    private static func holdsCredentials(_ url: String) -> Bool {
        let bytes = Array(url.utf8)
        guard let slashes = bytes.indices.first(where: { bytes[$0...].starts(with: "//".utf8) }) else {
            return false
        }
        return bytes[slashes...].dropFirst(2).prefix { $0 != UInt8(ascii: "/") }.contains(UInt8(ascii: "@"))
    }

    /// Whether another endpoint is the same server; `localhost` and addresses of this machine are equal.
    func isSame(as other: Endpoint) -> Bool {
        guard case .http(let host, let port) = self, case .http(let otherHost, let otherPort) = other else {
            return self == other
        }
        return port == otherPort && (host == otherHost || Self.own.contains(host) && Self.own.contains(otherHost))
    }

    /// The names and addresses by which this machine reaches itself.
    private static let own: Set<String> = ["localhost", "127.0.0.1", "0.0.0.0", "::1", "::"]

    private static func unix(_ path: String, of url: String) throws(EndpointError) -> Endpoint {
        guard path.utf8.first == UInt8(ascii: "/"), !path.utf8.contains(0) else {
            throw .pathNotAbsolute(url)
        }
        guard path.utf8.count <= SocketAddress.longestPath else {
            throw .pathTooLong(url, limit: SocketAddress.longestPath)
        }
        return .unix(path: path)
    }

    private static func http(_ rest: Substring, of url: String) throws(EndpointError) -> Endpoint {
        let authority = rest.prefix { $0 != "/" }
        guard ["", "/", "/RPC2", "/RPC2/"].contains(rest.dropFirst(authority.count)) else {
            throw .unknownPath(url)
        }
        let (host, port) = split(authority)
        // Without a port, the default port of HTTP is used, as in supervisorctl.
        guard !host.isEmpty, let number = port.map({ decimal($0) }) ?? 80 else {
            throw .malformed(url)
        }
        return .http(host: host.lowercased(), port: number)
    }

    /// Splits `host:port` or `[address]:port`; the port is `nil` if there is none.
    private static func split(_ authority: Substring) -> (host: Substring, port: Substring?) {
        if authority.first == "[", let bracket = authority.firstIndex(of: "]") {
            let host = authority[..<bracket].dropFirst()
            let rest = authority[bracket...].dropFirst()
            return rest.isEmpty ? (host, nil) : rest.first == ":" ? (host, rest.dropFirst()) : ("", nil)
        }
        guard let colon = authority.firstIndex(of: ":") else {
            return (authority, nil)
        }
        return (authority[..<colon], authority[colon...].dropFirst())
    }

    /// Parses a port, which is greater than zero and has no sign.
    private static func decimal(_ digits: Substring) -> UInt16? {
        guard digits.utf8.first != UInt8(ascii: "+"), let port = UInt16(digits), port > 0 else {
            return nil
        }
        return port
    }
}

extension Endpoint: CustomStringConvertible {
    /// The URL: `unix:///run/supervisor.sock`, `http://localhost:9001`, `http://[::1]:9001`.
    public var description: String {
        switch self {
        case .unix(let path):
            "unix://\(path)"
        case .http(let host, let port):
            host.utf8.contains(UInt8(ascii: ":")) ? "http://[\(host)]:\(port)" : "http://\(host):\(port)"
        }
    }
}
