import ListenerKit

/// That supervisord is to be ended, and why.
struct FatalExitVerdict: Equatable {
    /// The status that says that a program has failed, where there is no better one.
    static let failure: UInt8 = 70

    /// Why, as a sentence without a full stop.
    var reason: String
    /// The status to end with.
    var status = Self.failure
}

extension FatalExitVerdict {
    /// A process has ended by itself.
    ///
    /// - Parameters:
    ///   - process: The process.
    ///   - status: Its exit status, -1 after a signal; nil where that is not known.
    ///   - isExpected: Whether the status is one of its `exitcodes`.
    /// - Returns: The verdict, whose status is the process's own; a failure never passes for a success.
    static func exited(_ process: ProcessName, _ status: Int?, isExpected: Bool) -> FatalExitVerdict {
        let known = status.flatMap { UInt8(exactly: $0) }
        let how =
            switch status {
            case nil: ""
            case -1: " by a signal"
            case let status?: " with status \(status)"
            }
        return FatalExitVerdict(
            reason: "\(process) has ended\(how)\(isExpected ? ", as expected" : ", unexpectedly")",
            status: isExpected || known != 0 ? known ?? failure : failure
        )
    }
}
