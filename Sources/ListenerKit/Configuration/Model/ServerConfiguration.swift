/// A server section, where supervisord answers calls: `[unix_http_server]` or `[inet_http_server]`.
public struct ServerConfiguration: Hashable, Sendable {
    /// Where it listens.
    public enum Endpoint: Hashable, Sendable {
        /// A socket file, by its absolute path.
        case unix(path: String)
        /// A port; the host is nil where it listens on every address.
        case inet(host: String?, port: Int)
    }

    /// What stands between the brackets; there may be several of a kind: `inet_http_server:admin`.
    public let sectionName: String
    /// Where the section begins.
    public let location: ConfigurationLocation
    /// Where it listens.
    public let endpoint: Endpoint
    /// `username`; nil where nobody has to log in.
    public let username: String?
    /// `password`, as written.
    public let password: String?

    /// Whether the password is only a digest, with which one can check a login, but not log in.
    public var hasHashedPassword: Bool {
        password?.utf8.starts(with: "{SHA}".utf8) ?? false
    }

    /// The address as `SUPERVISOR_SERVER_URL` has it.
    public var url: String {
        switch endpoint {
        case .unix(let path): "unix://\(path)"
        case .inet(let host, let port): "http://\(host ?? "localhost"):\(port)"
        }
    }
}
