import Glibc
import Synchronization

/// A child that leads a process group of its own, and whose output this process reads; nothing on it blocks.
///
/// It must be reaped; until then no other process can have its pid or its group.
final class GroupLeader: Sendable {
    private struct Unreaped {
        var pids: Set<Int32> = []
        /// Whether this process ends, so that no child may run on.
        var areKilled = false
    }

    /// The children that have not been reaped.
    private static let unreaped = Mutex(Unreaped())

    /// Its pid.
    let pid: Int32
    /// The descriptor that is readable once the child has ended; nil if this kernel has none.
    let processDescriptor: Int32?
    private let output: FileDescriptor
    private let process: FileDescriptor?

    /// Takes over a child right after its start.
    ///
    /// - Parameters:
    ///   - pid: Its pid.
    ///   - output: The end of a pipe from which its output is read.
    init(pid: Int32, output: consuming FileDescriptor) {
        _ = fcntl(output.rawValue, F_SETFL, O_NONBLOCK)
        let descriptor = SystemCall.openProcess(pid)
        self.pid = pid
        self.output = output
        processDescriptor = descriptor < 0 ? nil : descriptor
        process = descriptor < 0 ? nil : FileDescriptor(owning: descriptor)
        let isKilled = Self.unreaped.withLock { unreaped in
            unreaped.pids.insert(pid)
            return unreaped.areKilled
        }
        if isKilled {
            killGroup()
        }
    }

    /// The descriptor to poll for output.
    var outputDescriptor: Int32 { output.rawValue }

    /// Reads output into the beginning of an array.
    ///
    /// - Returns: The number of bytes; 0 if there will be no more, nil if there is none now.
    func readOutput(into bytes: inout [UInt8]) -> Int? {
        do {
            return try output.read(into: &bytes)
        } catch {
            return error.code == EAGAIN ? nil : 0
        }
    }

    /// Whether it has ended, and can be reaped.
    var hasEnded: Bool {
        var information = siginfo_t()
        let result = retryOnInterrupt { waitid(P_PID, id_t(pid), &information, WEXITED | WNOHANG | WNOWAIT) }
        return result != 0 || information.si_signo != 0
    }

    /// Kills it, with the processes that are in its group.
    func killGroup() {
        Self.killGroup(pid)
    }

    /// Kills it, with the processes that are in its group, and those of its descendants that have left it.
    func killAll() {
        Self.killAll(pid)
    }

    /// Kills all children that have not been reaped, with their descendants, and every child from then on: this process ends.
    static func killAllChildren() {
        unreaped.withLock { unreaped in
            unreaped.areKilled = true
            for pid in unreaped.pids {
                killAll(pid)
            }
        }
    }

    private static func killAll(_ pid: Int32) {
        // So that they do not start others, while they are looked for.
        _ = kill(-pid, SIGSTOP)
        RunningProcess.killDescendants(of: pid)
        killGroup(pid)
    }

    private static func killGroup(_ pid: Int32) {
        _ = kill(-pid, SIGKILL)
        // It may have joined another group.
        _ = kill(pid, SIGKILL)
    }

    /// Reaps it after it has ended.
    ///
    /// - Returns: How it has ended; nil if somebody else has reaped it.
    func reap() -> TerminationStatus? {
        Self.unreaped.withLock { unreaped in
            unreaped.pids.remove(pid)
            var status: Int32 = 0
            let reaped = retryOnInterrupt { waitpid(pid, &status, WNOHANG) }
            return reaped == pid ? TerminationStatus(waitStatus: status) : nil
        }
    }
}
