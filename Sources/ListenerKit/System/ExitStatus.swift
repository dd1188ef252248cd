/// The status with which the program ends.
public struct ExitStatus: RawRepresentable, Hashable, Sendable {
    /// The number, from 0 to 255.
    public let rawValue: Int32

    /// Takes any number.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Done: the end of input, or SIGTERM.
    public static let success = ExitStatus(rawValue: 0)
    /// Not everything is up.
    public static let incomplete = ExitStatus(rawValue: 1)
    /// The command line cannot be carried out.
    public static let usage = ExitStatus(rawValue: 64)
    /// The configuration, or what supervisord writes, makes no sense.
    public static let configuration = ExitStatus(rawValue: 65)
    /// supervisord cannot be reached or started.
    public static let unavailable = ExitStatus(rawValue: 69)
    /// A program has failed for good.
    public static let failedForGood = ExitStatus(rawValue: 70)
    /// A system call failed.
    public static let system = ExitStatus(rawValue: 71)
}

/// An error that decides by itself with which status the program ends.
package protocol ExitStatusError: Error {
    /// The status.
    var exitStatus: ExitStatus { get }
}
