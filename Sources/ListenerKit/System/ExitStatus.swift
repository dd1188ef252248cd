/// An exit status of the program; most are those of `sysexits.h`.
public struct ExitStatus: RawRepresentable, Hashable, Sendable {
    /// The number, from 0 to 255.
    public let rawValue: Int32

    /// Makes a status from a number.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// The program has ended as it should: at the end of input, or after SIGTERM.
    public static let success = ExitStatus(rawValue: 0)
    /// `status`: not everything is up.
    public static let incomplete = ExitStatus(rawValue: 1)
    /// The command line cannot be carried out.
    public static let usage = ExitStatus(rawValue: 64)
    /// The configuration, or what supervisord writes, is invalid.
    public static let configuration = ExitStatus(rawValue: 65)
    /// supervisord cannot be reached or started.
    public static let unavailable = ExitStatus(rawValue: 69)
    /// A supervised program has failed for good.
    public static let failedForGood = ExitStatus(rawValue: 70)
    /// A system call failed.
    public static let system = ExitStatus(rawValue: 71)
}

/// An error that determines the exit status of the program.
package protocol ExitStatusError: Error {
    /// The exit status.
    var exitStatus: ExitStatus { get }
}
