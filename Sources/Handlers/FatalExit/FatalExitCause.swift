import ListenerKit

/// What has happened that ends supervisord.
enum FatalExitCause: Equatable {
    /// A process is FATAL.
    case fatal(ProcessName)
    /// A process has ended by itself.
    case exited(ProcessName, isExpected: Bool)
    /// supervisord starts a process again and again.
    case crashLoop(ProcessName, CrashLoop)
    /// Nothing runs any more, nor will; with what there is to say about that.
    case allExited(FatalExitVerdict)

    /// The process, where it is one.
    var process: ProcessName? {
        switch self {
        case .fatal(let process), .exited(let process, _), .crashLoop(let process, _): process
        case .allExited: nil
        }
    }

    /// Says what follows.
    ///
    /// - Parameter information: How the process stands by now; nil where supervisord cannot be asked.
    /// - Returns: The verdict; nil where somebody has repaired what was broken.
    func verdict(_ information: ProcessInformation?) -> FatalExitVerdict? {
        switch self {
        case .fatal(let process):
            guard information.map({ $0.state == .fatal }) ?? true else {
                return nil
            }
            let reason = information?.spawnError.map { ": \($0)" } ?? ""
            return FatalExitVerdict(reason: "\(process) is FATAL\(reason)")
        case .exited(let process, let isExpected):
            // supervisord forgets the status when it starts the process again.
            let status = information.flatMap { $0.state == .exited ? $0.exitStatus : nil }
            return .exited(process, status, isExpected: isExpected)
        case .crashLoop(let process, let crashLoop):
            let times = crashLoop.count == 1 ? "once" : "\(crashLoop.count) times"
            return FatalExitVerdict(
                reason: "\(process) was started again \(times) within \(crashLoop.interval.optionText) s"
            )
        case .allExited(let verdict):
            return verdict
        }
    }
}
