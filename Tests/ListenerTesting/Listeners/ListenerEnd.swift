import ListenerKit

/// The way in which the process of a listener has ended.
public struct ListenerEnd: Hashable, Sendable {
    /// The exit status; 0 if a signal ended it.
    public let status: Int32
    /// The number of the signal that ended it, if one did.
    public let signal: Int32?

    /// Describes an end by the process itself.
    ///
    /// - Parameter status: Its exit status.
    public init(status: Int32) {
        self.status = status
        signal = nil
    }

    /// Describes an end by a signal.
    ///
    /// - Parameter signal: The signal's number.
    public init(signal: Int32) {
        status = 0
        self.signal = signal
    }

    /// Success: the end of input, or SIGTERM.
    public static let success = ListenerEnd(.success)
    /// The command line could not be carried out.
    public static let usage = ListenerEnd(.usage)
    /// The configuration, or what supervisord wrote, is invalid.
    public static let configuration = ListenerEnd(.configuration)
    /// supervisord could not be reached or started.
    public static let unavailable = ListenerEnd(.unavailable)
    /// A system call failed.
    public static let system = ListenerEnd(.system)

    init(_ status: ExitStatus) {
        self.init(status: status.rawValue)
    }
}

extension ListenerEnd: CustomStringConvertible {
    /// `status 65` or `signal 9`.
    public var description: String {
        signal.map { "signal \($0)" } ?? "status \(status)"
    }
}
