/// Whether supervisord starts a process again that has exited.
public enum Autorestart: Hashable, Sendable {
    /// `autorestart=false`.
    case never
    /// `autorestart=unexpected`: unless its exit status is one of `exitcodes`.
    case unexpected
    /// `autorestart=true`.
    case always

    /// Whether supervisord starts a process again that has ended by itself.
    ///
    /// - Parameter isExpected: Whether its exit status is one of `exitcodes`.
    /// - Returns: Whether it does.
    package func restarts(afterExpected isExpected: Bool) -> Bool {
        switch self {
        case .never: false
        case .unexpected: !isExpected
        case .always: true
        }
    }
}
