/// Whether supervisord starts a process again that has exited.
public enum Autorestart: Hashable, Sendable {
    /// `autorestart=false`.
    case never
    /// `autorestart=unexpected`: unless its exit status is one of `exitcodes`.
    case unexpected
    /// `autorestart=true`.
    case always
}
