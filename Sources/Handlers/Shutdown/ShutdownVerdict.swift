import ListenerKit

/// Why supervisord is to be shut down, and the status to exit with.
struct ShutdownVerdict: Equatable {
    /// The status that stands for a failure if there is no better one.
    static let failure: UInt8 = 70

    /// Why, as a sentence without a full stop.
    var reason: String
    /// The status to exit with.
    var status = Self.failure

    /// Whether something has failed, rather than everything having gone well.
    var isFailure: Bool { status != 0 }
}

extension ShutdownVerdict {
    /// Every program has exited but those that could not be started.
    static let startMissing = ShutdownVerdict(reason: "every program has exited or could not be started")

    /// Nothing runs any more, and a program was not even started.
    ///
    /// - Parameter program: The program.
    /// - Returns: The verdict.
    static func neverStarted(_ program: String) -> ShutdownVerdict {
        ShutdownVerdict(
            reason: "nothing is running any more, and \(program) never started because of a configuration error"
        )
    }

    /// A process has exited by itself.
    ///
    /// - Parameters:
    ///   - process: The process.
    ///   - status: Its exit status, -1 after a signal; nil if that is not known.
    ///   - isExpected: Whether the status is one of its `exitcodes`.
    /// - Returns: The verdict, whose status is the process's own; a failure never passes for a success.
    static func exited(_ process: ProcessName, _ status: Int?, isExpected: Bool) -> ShutdownVerdict {
        let known = status.flatMap { UInt8(exactly: $0) }
        let how = isExpected ? "exited as expected" : "exited unexpectedly"
        let end =
            switch status {
            case nil: how
            case -1: "was killed by a signal"
            case let status?: "\(how) with status \(status)"
            }
        return ShutdownVerdict(
            reason: "\(process) \(end)",
            status: isExpected || known != 0 ? known ?? failure : failure
        )
    }

    /// Every program has exited.
    ///
    /// - Parameter failed: The first that failed; nil if none did.
    /// - Returns: The verdict, whose status is that of the first that failed.
    static func allExited(firstFailed failed: ProcessInformation?) -> ShutdownVerdict {
        guard let failed else {
            return ShutdownVerdict(reason: "every program exited as expected", status: 0)
        }
        let first: ShutdownVerdict =
            failed.state == .fatal
            ? ShutdownVerdict(reason: "\(failed.name) is FATAL")
            : .exited(failed.name, failed.exitStatus, isExpected: false)
        return ShutdownVerdict(reason: "every program has exited; \(first.reason)", status: first.status)
    }
}
