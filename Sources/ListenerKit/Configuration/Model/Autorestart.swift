/// Whether supervisord restarts a process that has exited: `autorestart`.
public enum Autorestart: Hashable, Sendable {
    /// `autorestart=false`.
    case never
    /// `autorestart=unexpected`: if its exit status is not in `exitcodes`.
    case unexpected
    /// `autorestart=true`.
    case always

    /// Returns whether supervisord restarts a process that has exited by itself.
    ///
    /// - Parameter isExpected: Whether its exit status is in `exitcodes`.
    /// - Returns: Whether it does.
    package func restarts(afterExpected isExpected: Bool) -> Bool {
        switch self {
        case .never: false
        case .unexpected: !isExpected
        case .always: true
        }
    }
}
