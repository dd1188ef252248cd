import Glibc
import ListenerKit
import Synchronization

/// A program that runs as supervisord runs a listener: with three pipes, in a process group of its own.
final class ChildProcess: Sendable {
    let pid: pid_t
    let pipes: SupervisorPipes
    /// Whether it has been reaped, so that its pid may belong to another process.
    private let isReaped = Mutex(false)

    /// The highest descriptor that may be open in a test.
    private static let highestDescriptor: Int32 = 1023

    private init(pid: pid_t, pipes: SupervisorPipes) {
        self.pid = pid
        self.pipes = pipes
    }

    static func start(
        _ executable: String,
        _ arguments: [String],
        _ environment: [String: String]
    ) throws(SystemError) -> ChildProcess {
        let (childInput, input) = try openPipe()
        let (output, childOutput) = try openPipe()
        let (errors, childErrors) = try openPipe()
        defer {
            for end in [childInput, childOutput, childErrors] {
                close(end)
            }
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, childInput, 0)
        posix_spawn_file_actions_adddup2(&actions, childOutput, 1)
        posix_spawn_file_actions_adddup2(&actions, childErrors, 2)
        // Another thread may have opened a pipe just now and not yet marked it close-on-exec.
        for number in 3...highestDescriptor {
            posix_spawn_file_actions_addclose(&actions, number)
        }
        let pid = try spawn(executable, arguments, environment, &actions)
        return ChildProcess(pid: pid, pipes: SupervisorPipes(input: input, output: output, errors: errors))
    }

    private static func spawn(
        _ executable: String,
        _ arguments: [String],
        _ environment: [String: String],
        _ actions: inout posix_spawn_file_actions_t
    ) throws(SystemError) -> pid_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var noSignals = sigset_t()
        sigemptyset(&noSignals)
        posix_spawnattr_setsigmask(&attributes, &noSignals)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP))
        let words = ([executable] + arguments).map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer {
            for copy in words + variables {
                free(copy)
            }
        }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, executable, &actions, &attributes, words, variables)
        guard code == 0 else {
            throw SystemError("start '\(executable)'", code: code)
        }
        return pid
    }

    func send(_ signal: Signal) {
        isReaped.withLock { isReaped in
            _ = isReaped ? 0 : kill(pid, signal.rawValue)
        }
    }

    /// Kills its process group, unless it has ended.
    func killGroup() {
        isReaped.withLock { isReaped in
            _ = isReaped ? 0 : kill(-pid, SIGKILL)
        }
    }

    /// Blocks this thread until the program has ended, and reaps it.
    func wait() -> ListenerEnd {
        var information = siginfo_t()
        _ = retryOnInterrupt { waitid(P_PID, id_t(pid), &information, WEXITED | WNOWAIT) }
        var status: Int32 = 0
        isReaped.withLock { isReaped in
            _ = retryOnInterrupt { waitpid(pid, &status, 0) }
            isReaped = true
        }
        let signal = status & 0x7F
        return signal == 0 ? ListenerEnd(status: status >> 8 & 0xFF) : ListenerEnd(signal: Signal(rawValue: signal))
    }
}
