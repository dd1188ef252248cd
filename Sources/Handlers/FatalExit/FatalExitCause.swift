import ListenerKit

/// How a trigger was met.
enum FatalExitCause: Equatable {
    /// A process is FATAL; early, if supervisord has not tried to start it as often as it could: that is what it does during
    /// its shutdown.
    case fatal(ProcessName, isEarly: Bool)
    /// A process has exited by itself.
    case exited(ProcessName, isExpected: Bool)
    /// supervisord restarts a process again and again.
    case crashLoop(ProcessName, CrashLoop)
    /// Nothing runs any more, nor will; with the verdict about that.
    case allExited(ShutdownVerdict)

    /// The process, if it is one.
    var process: ProcessName? {
        switch self {
        case .fatal(let process, _), .exited(let process, _), .crashLoop(let process, _): process
        case .allExited: nil
        }
    }

    /// Judges the cause.
    ///
    /// - Parameter information: What supervisord knows of the process by now; nil if supervisord cannot be asked.
    /// - Returns: The verdict; nil if an operator has repaired what was broken, or if supervisord seems to be shutting down.
    func verdict(_ information: ProcessInformation?) -> ShutdownVerdict? {
        switch self {
        case .fatal(let process, let isEarly):
            guard information.map({ $0.state == .fatal }) ?? !isEarly else {
                return nil
            }
            let reason = information?.spawnError.map { ": \($0)" } ?? ""
            return ShutdownVerdict(reason: "\(process) is FATAL\(reason)")
        case .exited(let process, let isExpected):
            guard let information, information.state != .exited else {
                return .exited(process, information?.exitStatus, isExpected: isExpected)
            }
            var verdict = ShutdownVerdict.exited(process, nil, isExpected: isExpected)
            verdict.reason += " and was restarted, so supervisord no longer knows its status"
            return verdict
        case .crashLoop(let process, let crashLoop):
            let times = crashLoop.count == 1 ? "once" : "\(crashLoop.count) times"
            return ShutdownVerdict(
                reason: "\(process) was restarted \(times) within \(crashLoop.interval.optionText) s"
            )
        case .allExited(let verdict):
            return verdict
        }
    }
}
