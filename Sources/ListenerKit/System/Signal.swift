import Glibc

/// A signal.
public struct Signal: RawRepresentable, Hashable, Sendable {
    /// The signal's number.
    public let rawValue: Int32

    /// Makes a signal from its number.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Whether this process ignores the signal.
    package var isIgnored: Bool {
        var action = sigaction()
        guard sigaction(rawValue, nil, &action) == 0 else {
            return false
        }
        let handler = action.__sigaction_handler.sa_handler
        return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }

    /// Catches the signal and drops it; if it were ignored, children would inherit that.
    func catchAndDrop() {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { _ in }
        action.sa_flags = SA_RESTART
        sigaction(rawValue, &action, nil)
    }

    /// Sends the signal to a process.
    ///
    /// - Parameter pid: The process; a negative number is a process group.
    /// - Throws: ``SystemError`` if there is no such process, or it belongs to another user.
    package func send(to pid: Int32) throws(SystemError) {
        guard systemKill(pid, rawValue) == 0 else {
            throw SystemError("signal process \(pid)")
        }
    }

    /// SIGTERM.
    public static let terminate = Signal(rawValue: SIGTERM)
    /// SIGINT.
    public static let interrupt = Signal(rawValue: SIGINT)
    /// SIGHUP.
    public static let hangUp = Signal(rawValue: SIGHUP)
    /// SIGUSR2.
    public static let user2 = Signal(rawValue: SIGUSR2)
    /// SIGUSR1.
    public static let user1 = Signal(rawValue: SIGUSR1)
    /// SIGQUIT.
    public static let quit = Signal(rawValue: SIGQUIT)
    /// SIGKILL.
    public static let kill = Signal(rawValue: SIGKILL)
    /// SIGPIPE.
    public static let brokenPipe = Signal(rawValue: SIGPIPE)
    /// SIGXFSZ: a write would exceed the file size limit.
    public static let fileSizeLimit = Signal(rawValue: SIGXFSZ)
    /// SIGCHLD.
    public static let child = Signal(rawValue: SIGCHLD)
    /// SIGTSTP: somebody has pressed Ctrl-Z.
    package static let terminalStop = Signal(rawValue: SIGTSTP)
}

extension Signal: CustomStringConvertible {
    /// The name if the signal is one of those above, as in `SIGTERM`; otherwise `signal 11`.
    public var description: String {
        switch self {
        case .terminate: "SIGTERM"
        case .interrupt: "SIGINT"
        case .hangUp: "SIGHUP"
        case .user1: "SIGUSR1"
        case .user2: "SIGUSR2"
        case .quit: "SIGQUIT"
        case .kill: "SIGKILL"
        case .brokenPipe: "SIGPIPE"
        case .fileSizeLimit: "SIGXFSZ"
        case .child: "SIGCHLD"
        default: "signal \(rawValue)"
        }
    }
}

/// Calls the C library's `kill`, which the signal of that name hides.
private func systemKill(_ pid: Int32, _ signal: Int32) -> Int32 {
    kill(pid, signal)
}
