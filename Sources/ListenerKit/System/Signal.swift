#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A signal of the system, by its number.
package struct Signal: RawRepresentable, Hashable, Sendable {
    /// The system's number.
    package let rawValue: Int32

    /// Takes the system's number.
    package init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Whether this process ignores it.
    package var isIgnored: Bool {
        var action = sigaction()
        guard sigaction(rawValue, nil, &action) == 0 else {
            return false
        }
        let handler = action.__sigaction_handler.sa_handler
        return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }

    /// Catches and drops it in this process; if it were ignored, it would be in children too.
    func ignoreHere() {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { _ in }
        action.sa_flags = SA_RESTART
        sigaction(rawValue, &action, nil)
    }

    /// Sends it to a process.
    ///
    /// - Parameter pid: The process, or with a minus sign the process group.
    /// - Throws: ``SystemError`` if there is no such process, or it belongs to another user.
    package func send(to pid: Int32) throws(SystemError) {
        guard systemKill(pid, rawValue) == 0 else {
            throw SystemError("signal process \(pid)")
        }
    }

    /// SIGTERM.
    package static let terminate = Signal(rawValue: SIGTERM)
    /// SIGINT.
    package static let interrupt = Signal(rawValue: SIGINT)
    /// SIGHUP.
    package static let hangUp = Signal(rawValue: SIGHUP)
    /// SIGUSR2.
    package static let user2 = Signal(rawValue: SIGUSR2)
    /// SIGUSR1.
    package static let user1 = Signal(rawValue: SIGUSR1)
    /// SIGQUIT.
    package static let quit = Signal(rawValue: SIGQUIT)
    /// SIGKILL.
    package static let kill = Signal(rawValue: SIGKILL)
    /// SIGPIPE.
    package static let brokenPipe = Signal(rawValue: SIGPIPE)
    /// SIGXFSZ: a file has grown past the limit of this process.
    package static let fileSizeLimit = Signal(rawValue: SIGXFSZ)
    /// SIGCHLD.
    package static let child = Signal(rawValue: SIGCHLD)
}

extension Signal: CustomStringConvertible {
    /// Its name where it is one of those above: `SIGTERM`; else `signal 11`.
    package var description: String {
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

/// The C library's `kill`, which the signal of that name would hide.
private func systemKill(_ pid: Int32, _ signal: Int32) -> Int32 {
    kill(pid, signal)
}
