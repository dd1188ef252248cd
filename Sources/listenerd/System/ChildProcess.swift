#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

import ListenerKit

/// A process that this one has started, or has been given because its parent has ended.
struct ChildProcess: Hashable, Sendable {
    /// Its number.
    let number: Int32

    /// Describes a process.
    init(number: Int32) {
        self.number = number
    }

    /// This process, as the parent of others.
    static var current: ChildProcess { ChildProcess(number: getpid()) }

    /// Starts a program, with this process's environment, working directory and open descriptors.
    ///
    /// Signals that are caught here have their usual effect there.
    ///
    /// - Parameters:
    ///   - arguments: The program first, which is looked for on the `PATH` where it has no slash.
    ///   - mask: The signals that are blocked there.
    /// - Returns: The process.
    /// - Throws: ``SystemError`` where it cannot be started.
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
        var number: pid_t = 0
        let code = posix_spawnp(&number, arguments.first ?? "", nil, &attributes, words, environ)
        guard code == 0 else {
            throw SystemError("start '\(arguments.first ?? "")'", code: code)
        }
        return ChildProcess(number: number)
    }

    /// Whether it has ended, or is none of this process's children; ``reapNext()`` still returns it.
    var hasEnded: Bool {
        var information = siginfo_t()
        let result = retryOnInterrupt {
            waitid(P_PID, id_t(number), &information, WEXITED | WNOHANG | WNOWAIT)
        }
        return result != 0 || information.si_signo != 0
    }

    /// Sends it a signal; nothing happens where it has ended.
    func send(_ signal: Signal) {
        try? signal.send(to: number)
    }

    /// Sends a signal to it and to the process group that it leads, if it leads one.
    func sendToGroup(_ signal: Signal) {
        try? signal.send(to: -number)
        send(signal)
    }

    /// Takes leave of a child that has ended, without waiting for one.
    ///
    /// - Returns: The child, and how it ended; nil where none has.
    static func reapNext() -> (child: ChildProcess, end: ProcessEnd)? {
        var status: Int32 = 0
        let number = retryOnInterrupt { waitpid(-1, &status, WNOHANG) }
        return number > 0 ? (ChildProcess(number: number), ProcessEnd(waitStatus: status)) : nil
    }

    /// The children of this process, as far as `/proc` shows them.
    static var all: [ChildProcess] {
        RunningProcess.children(of: getpid()).map { ChildProcess(number: $0) }
    }
}

/// Has this process given the children of those among its descendants that end before them.
///
/// - Throws: ``SystemError``.
func adoptOrphans() throws(SystemError) {
    let isSubreaper: Int32 = 36
    guard controlProcess(isSubreaper, 1, 0, 0, 0) == 0 else {
        throw SystemError("adopt orphaned processes")
    }
}

/// The C library's `prctl`, which the language cannot import because it takes any number of arguments.
@_silgen_name("prctl")
private func controlProcess(_ option: Int32, _ second: UInt, _ third: UInt, _ fourth: UInt, _ fifth: UInt) -> Int32
