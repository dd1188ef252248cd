/// Why supervisord cannot be reached by a URL.
@nonexhaustive
public enum EndpointError: Error, Equatable, Sendable {
    /// It starts with neither `unix://` nor `http://`.
    case unknownScheme(String)
    /// It has no host, or no valid port.
    case malformed(String)
    /// It has a path other than `/` or `/RPC2`.
    case unknownPath(String)
    /// It names a Unix socket by a relative path.
    case pathNotAbsolute(String)
    /// It names a Unix socket by a path that is longer than the system allows.
    case pathTooLong(String, limit: Int)
    /// It has a user name or a password; the error does not keep the URL, so that they are not shown.
    case holdsCredentials
}

extension EndpointError: CustomStringConvertible {
    /// One sentence without a full stop: what is wrong, and what to write instead.
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
