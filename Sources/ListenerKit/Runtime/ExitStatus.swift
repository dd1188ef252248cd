/// The status with which the program ends.
public enum ExitStatus: Int32, Sendable {
    /// Done: the end of input, or SIGTERM.
    case success = 0
    /// Not everything is up.
    case incomplete = 1
    /// The command line cannot be carried out.
    case usage = 64
    /// The configuration, or what supervisord writes, makes no sense.
    case configuration = 65
    /// supervisord cannot be reached or started.
    case unavailable = 69
    /// A system call failed.
    case system = 71

    /// The status that says best what an error is about.
    ///
    /// - Parameter error: Any error; one that is not known here counts as the system's.
    package init(for error: any Error) {
        self =
            switch error {
            case is UsageError, is EndpointError: .usage
            case is ConfigurationError, is ConfigurationProblem, is RoleError: .configuration
            case is NoSupervisorError, is MessageError: .configuration
            case is SupervisorError: .unavailable
            default: .system
            }
    }
}
