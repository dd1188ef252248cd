/// A server section, `[unix_http_server]` or `[inet_http_server]`: where supervisord answers RPC calls.
public struct ServerConfiguration: Hashable, Sendable {
    /// The name between the brackets; there may be several of a kind, such as `inet_http_server:admin`.
    public let sectionName: String
    /// The location of the section's header.
    public let location: ConfigurationLocation
    /// Where it is reached from this machine: at `localhost` if it listens on every address.
    public let endpoint: Endpoint
    /// `username`; nil if no login is needed.
    public let username: String?
    /// `password`, as written.
    public let password: String?
    /// `chown`: the owner of the socket file; nil if it is not given, so that the file is supervisord's.
    public let owner: FileOwner?
    /// `chmod`: the permissions of the socket file.
    public let permissions: Int

    /// Whether `password` is a SHA-1 digest, which supervisord can check a login against, but which is of no use to log in.
    public var hasHashedPassword: Bool {
        password?.utf8.starts(with: "{SHA}".utf8) ?? false
    }

    /// The URL that supervisord passes to its processes in `SUPERVISOR_SERVER_URL`.
    public var url: String { "\(endpoint)" }
}
