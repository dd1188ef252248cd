/// One of the two streams that a program writes to.
public enum OutputChannel: String, Hashable, Sendable {
    /// Standard output.
    case stdout
    /// Standard error.
    case stderr
}
