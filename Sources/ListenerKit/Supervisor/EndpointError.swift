/// Why a URL is none by which supervisord can be reached.
@nonexhaustive
public enum EndpointError: Error, Equatable, Sendable {
    /// It begins neither with `unix://` nor with `http://`.
    case unknownScheme(String)
    /// It holds no host, or no number that a port can have.
    case malformed(String)
    /// It ends in something else than `/` or `/RPC2`.
    case unknownPath(String)
    /// It names a Unix socket without the whole path.
    case pathNotAbsolute(String)
    /// It names a Unix socket by a longer path than the system takes.
    case pathTooLong(String, limit: Int)
    /// It holds a user name or a password; the URL is kept out of this error so that they are not shown.
    case holdsCredentials
}

extension EndpointError: CustomStringConvertible {
    /// One sentence without a full stop, which says how to do better.
    public var description: String {
        switch self {
        case .unknownScheme(let url):
            "the server URL '\(url)' is not supported; use unix:///path or http://host:port"
        case .malformed(let url):
            "the server URL '\(url)' does not have the form http://host:port"
        case .unknownPath(let url):
            "the server URL '\(url)' has a path; use http://host:port alone"
        case .pathNotAbsolute(let url):
            "the server URL '\(url)' needs an absolute path, as in unix:///run/supervisor.sock"
        case .pathTooLong(let url, let limit):
            "the server URL '\(url)' has a path longer than \(limit) bytes, the limit for sockets"
        case .holdsCredentials:
            """
            the server URL has a user name or a password in it, where other users can read it; set SUPERVISOR_USERNAME \
            and SUPERVISOR_PASSWORD instead
            """
        }
    }
}
