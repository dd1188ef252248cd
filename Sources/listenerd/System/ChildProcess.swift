import Glibc
import ListenerKit

/// A child of this process: one that it has started, or an orphan that was reparented to it.
struct ChildProcess: Hashable, Sendable {
    /// Its pid.
    let pid: Int32

    /// Describes a process.
    init(pid: Int32) {
        self.pid = pid
    }

    /// This process itself.
    static var current: ChildProcess { ChildProcess(pid: getpid()) }

    /// Starts a program, with this process's environment, working directory and open descriptors.
    ///
    /// Signals that this process catches have their default action in the program.
    ///
    /// - Parameters:
    ///   - arguments: The arguments, the program first; it is searched for on the `PATH` if it has no slash.
    ///   - mask: The signal mask of the program.
    /// - Returns: The process.
    /// - Throws: ``SystemError`` if it cannot be started.
    static func spawn(_ arguments: [String], mask: SignalMask) throws(SystemError) -> ChildProcess {
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        words.append(nil)
        defer { words.forEach { free($0) } }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var set = mask.set
        posix_spawnattr_setsigmask(&attributes, &set)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var pid: pid_t = 0
        let code = posix_spawnp(&pid, arguments.first ?? "", nil, &attributes, words, environ)
        guard code == 0 else {
            throw SystemError("start '\(arguments.first ?? "")'", code: code)
        }
        return ChildProcess(pid: pid)
    }

    /// Whether it has exited, or is not a child of this process; ``reapExitedChild()`` still returns it.
    var hasEnded: Bool {
        var information = siginfo_t()
        let result = retryOnInterrupt {
            waitid(P_PID, id_t(pid), &information, WEXITED | WNOHANG | WNOWAIT)
        }
        return result != 0 || information.si_signo != 0
    }

    /// Sends it a signal; nothing happens if it is gone.
    func send(_ signal: Signal) {
        try? signal.send(to: pid)
    }

    /// Sends a signal to it, and to its process group if it leads one.
    func sendToGroup(_ signal: Signal) {
        try? signal.send(to: -pid)
        send(signal)
    }

    /// Reaps one exited child, without blocking.
    ///
    /// - Returns: The child and its termination status; nil if none has exited.
    static func reapExitedChild() -> (child: ChildProcess, status: TerminationStatus)? {
        var status: Int32 = 0
        let pid = retryOnInterrupt { waitpid(-1, &status, WNOHANG) }
        return pid > 0 ? (ChildProcess(pid: pid), TerminationStatus(waitStatus: status)) : nil
    }

    /// All children of this process, as far as `/proc` shows them.
    static var all: [ChildProcess] {
        RunningProcess.children(of: getpid()).map { ChildProcess(pid: $0) }
    }
}

/// Becomes a subreaper: orphaned descendants are reparented to this process.
///
/// - Throws: ``SystemError``.
func becomeSubreaper() throws(SystemError) {
    let setChildSubreaper: Int32 = 36
    guard controlProcess(setChildSubreaper, 1, 0, 0, 0) == 0 else {
        throw SystemError("become a subreaper")
    }
}

/// The C library's `prctl`, which Swift cannot import because it is variadic.
@_silgen_name("prctl")
private func controlProcess(_ option: Int32, _ second: UInt, _ third: UInt, _ fourth: UInt, _ fifth: UInt) -> Int32
