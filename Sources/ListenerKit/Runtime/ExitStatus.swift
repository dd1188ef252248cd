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

    /// The status that says best what an error is about.
    ///
    /// - Parameter error: Any error; one that is not known here counts as the system's.
    package init(for error: any Error) {
        self =
            switch error {
            case is UsageError, is EndpointError: .usage
            case is ConfigurationError, is FileError, is ConfigurationProblem, is RoleError, is NoSupervisorError,
                is MessageError:
                .configuration
            // Its configuration lacks what answers calls.
            case let error as SupervisorError where error.isForGood: .configuration
            case is SupervisorError, is UnstartableSupervisordError: .unavailable
            default: .system
            }
    }
}
