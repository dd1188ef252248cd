/// The user name and password that a server section of supervisord's configuration requires.
///
/// No description shows them, so that they do not get into a log.
public struct Credentials: Hashable, Sendable {
    /// The user name; supervisord requires no password if it is empty.
    public let username: String
    /// The password itself, not its hash.
    public let password: String

    /// Creates credentials.
    ///
    /// - Parameters:
    ///   - username: The value of `username=` in the server section.
    ///   - password: The value of `password=`, unless it begins with `{SHA}`: a hash cannot be used to log in.
    public init(username: String, password: String) {
        self.username = username
        self.password = password
    }

    /// Reads `SUPERVISOR_USERNAME` and `SUPERVISOR_PASSWORD`, as supervisord's own clients do.
    ///
    /// supervisord sets them only if its configuration does, in `environment=`.
    ///
    /// - Parameter environment: The environment; the result is `nil` if the user name is missing or empty.
    public init?(environment: [String: String]) {
        guard let username = environment["SUPERVISOR_USERNAME"], !username.isEmpty else {
            return nil
        }
        self.init(username: username, password: environment["SUPERVISOR_PASSWORD"] ?? "")
    }

    /// The value of the `Authorization` header.
    var authorization: String {
        "Basic " + base64("\(username):\(password)".utf8)
    }
}

extension Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The same word for all credentials.
    public var description: String {
        "credentials"
    }

    /// The same as ``description``.
    public var debugDescription: String {
        description
    }

    /// A mirror that shows nothing.
    public var customMirror: Mirror {
        Mirror(self, children: [])
    }
}
