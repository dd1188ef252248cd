extension Fault {
    /// The faults that have a name in supervisord; the raw value is the number.
    @nonexhaustive
    public enum Known: Int, CaseIterable, Sendable {
        /// There is no such method; for every method if `[rpcinterface:supervisor]` is missing.
        case unknownMethod = 1
        /// The method takes other parameters.
        case incorrectParameters = 2
        /// A parameter has an invalid value.
        case badArguments = 3
        /// The method has no signature to show.
        case signatureUnsupported = 4
        /// supervisord is shutting down or restarting, and rejects calls.
        case shutdownState = 6
        /// There is no such process or group.
        case badName = 10
        /// There is no such signal.
        case badSignal = 11
        /// There is no such command or log file.
        case noFile = 20
        /// The command cannot be executed.
        case notExecutable = 21
        /// The call failed.
        case failed = 30
        /// The process left STARTING for a state other than RUNNING.
        case abnormalTermination = 40
        /// The process could not be started, or exited too early.
        case spawnError = 50
        /// The process is running, starting, or waiting for its next attempt.
        case alreadyStarted = 60
        /// The process is not in a state that allows the call.
        case notRunning = 70
        /// Success; only the status of a result, never a fault.
        case success = 80
        /// The group exists already.
        case alreadyAdded = 90
        /// A process of the group is still running.
        case stillRunning = 91
        /// The configuration could not be read.
        case cannotReread = 92

        /// supervisord's own name: `BAD_NAME`.
        public var name: String {
            switch self {
            case .unknownMethod: "UNKNOWN_METHOD"
            case .incorrectParameters: "INCORRECT_PARAMETERS"
            case .badArguments: "BAD_ARGUMENTS"
            case .signatureUnsupported: "SIGNATURE_UNSUPPORTED"
            case .shutdownState: "SHUTDOWN_STATE"
            case .badName: "BAD_NAME"
            case .badSignal: "BAD_SIGNAL"
            case .noFile: "NO_FILE"
            case .notExecutable: "NOT_EXECUTABLE"
            case .failed: "FAILED"
            case .abnormalTermination: "ABNORMAL_TERMINATION"
            case .spawnError: "SPAWN_ERROR"
            case .alreadyStarted: "ALREADY_STARTED"
            case .notRunning: "NOT_RUNNING"
            case .success: "SUCCESS"
            case .alreadyAdded: "ALREADY_ADDED"
            case .stillRunning: "STILL_RUNNING"
            case .cannotReread: "CANT_REREAD"
            }
        }
    }
}
