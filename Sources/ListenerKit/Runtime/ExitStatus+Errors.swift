extension ExitStatus {
    /// The status for an error.
    ///
    /// - Parameter error: Any error; one that is not known here counts as the system's.
    package init(for error: any Error) {
        self =
            switch error {
            case let error as any ExitStatusError: error.exitStatus
            case is UsageError, is EndpointError: .usage
            case is ConfigurationError, is FileError, is ConfigurationProblem, is NoSupervisorError,
                is MessageError:
                .configuration
            // Its configuration has no RPC interface.
            case let error as SupervisorError where error.isForGood: .configuration
            case is SupervisorError: .unavailable
            default: .system
            }
    }
}
