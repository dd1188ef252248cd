import ListenerKit

/// What has happened that ends supervisord.
enum FatalExitCause: Equatable {
    /// A process is FATAL; early, where supervisord has not tried as often to start it as it could: so it does while it stops.
    case fatal(ProcessName, isEarly: Bool)
    /// A process has ended by itself.
    case exited(ProcessName, isExpected: Bool)
    /// supervisord starts a process again and again.
    case crashLoop(ProcessName, CrashLoop)
    /// Nothing runs any more, nor will; with what there is to say about that.
    case allExited(ShutdownVerdict)

    /// The process, where it is one.
    var process: ProcessName? {
        switch self {
        case .fatal(let process, _), .exited(let process, _), .crashLoop(let process, _): process
        case .allExited: nil
        }
    }

    /// Says what follows.
    ///
    /// - Parameter information: How the process stands by now; nil where supervisord cannot be asked.
    /// - Returns: The verdict; nil where somebody has repaired what was broken, or supervisord seems to be stopping.
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
