/// The user name and password that a server section of supervisord's configuration asks for.
///
/// No description shows them, so that they do not end up in a log.
public struct Credentials: Hashable, Sendable {
    /// The user name; supervisord asks for no password where its own is empty.
    public let username: String
    /// The password as it is typed, not its hash.
    public let password: String

    /// Keeps a user name and a password.
    ///
    /// - Parameters:
    ///   - username: The value of `username=` in the server section.
    ///   - password: The value of `password=`, unless it begins with `{SHA}`: a hash cannot be used to log in.
    public init(username: String, password: String) {
        self.username = username
        self.password = password
    }

    /// Takes both from where supervisord's own clients look: `SUPERVISOR_USERNAME` and `SUPERVISOR_PASSWORD`.
    ///
    /// supervisord never sets these itself; they are there where its configuration sets them.
    ///
    /// - Parameter environment: The environment; `nil` results where the user name is missing or empty.
    public init?(environment: [String: String]) {
        guard let username = environment["SUPERVISOR_USERNAME"], !username.isEmpty else {
            return nil
        }
        self.init(username: username, password: environment["SUPERVISOR_PASSWORD"] ?? "")
    }

    /// The value of the header that carries both.
    var authorization: String {
        "Basic " + base64("\(username):\(password)".utf8)
    }
}

extension Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The same words whatever they are.
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
