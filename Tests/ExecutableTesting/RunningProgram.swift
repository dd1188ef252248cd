import Foundation
import Synchronization

/// A program that a test has started, with its output in files.
public final class RunningProgram: Sendable {
    /// How a program ended.
    public enum Ending: Equatable, Sendable {
        /// It exited with a status.
        case status(Int32)
        /// A signal killed it.
        case signal(Int32)
    }

    /// The process id.
    public let pid: Int32
    /// How it ended; as long as this is nil, the process id is not reused.
    private let endingBox: EndingBox

    private final class EndingBox: Sendable {
        let value = Mutex<Ending?>(nil)
    }

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - path: The path of the program.
    ///   - arguments: Its arguments, without its name.
    ///   - environment: Variables in addition to those of the tests.
    ///   - input: The file for its standard input.
    ///   - output: The file for its standard output.
    ///   - errors: The file for its standard error; `nil` for the same as its output.
    /// - Throws: ``TestFailure`` if it cannot be started.
    public init(
        _ path: String,
        _ arguments: [String],
        environment: [String: String] = [:],
        input: String = "/dev/null",
        output: String,
        errors: String? = nil
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY | O_NOCTTY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o644)
        if let errors {
            posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_APPEND, 0o644)
        } else {
            posix_spawn_file_actions_adddup2(&actions, 1, 2)
        }
        // Descriptors that other tests have open must not be inherited; supervisord itself closes only the lowest of them.
        for descriptor in 3..<Self.endOfDescriptors {
            posix_spawn_file_actions_addclose(&actions, descriptor)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // The tests' threads block signals, and the program would inherit that mask.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

        let variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        pid = try withStrings([path] + arguments) { arguments in
            try withStrings(variables.map { "\($0)=\($1)" }) { variables in
                var pid: pid_t = 0
                let code = posix_spawn(&pid, path, &actions, &attributes, arguments, variables)
                guard code == 0 else {
                    throw TestFailure("cannot start \(path): \(String(cString: strerror(code)))")
                }
                return pid
            }
        }
        let box = EndingBox()
        endingBox = box
        Thread.detachNewThread { [pid] in Self.reap(pid, into: box) }
    }

    /// A descriptor above all that are open now, with room for those that other threads open before the program is started.
    private static var endOfDescriptors: Int32 {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        let highest = names.compactMap { Int32($0) }.max() ?? 3
        return min(highest + 64, Int32(clamping: sysconf(Int32(_SC_OPEN_MAX))))
    }

    /// How it ended; nil while it runs.
    public var ending: Ending? {
        endingBox.value.withLock { $0 }
    }

    /// Sends it a signal, unless it has ended.
    public func send(_ signal: Int32) {
        endingBox.value.withLock { ending in
            if ending == nil {
                kill(pid, signal)
            }
        }
    }

    /// Waits until it has ended.
    ///
    /// - Parameter diagnostics: What has happened so far, for the message of a failure.
    /// - Returns: How it ended.
    /// - Throws: ``TestFailure`` if it does not end within ``waitTimeout``.
    public func waitForEnd(diagnostics: () -> String = { "" }) async throws -> Ending {
        try await wait(for: "the end of process \(pid)", diagnostics: diagnostics) { ending != nil }
        return try ending ?? { throw CancellationError() }()
    }

    private static func reap(_ pid: Int32, into box: EndingBox) {
        // The process id is given back under the lock, so that no signal goes to another process that reuses it.
        var information = siginfo_t()
        while waitid(P_PID, id_t(pid), &information, WEXITED | WNOWAIT) == -1, errno == EINTR {}
        box.value.withLock { ending in
            var status: Int32 = 0
            waitpid(pid, &status, 0)
            ending = status & 0x7F == 0 ? .status((status >> 8) & 0xFF) : .signal(status & 0x7F)
        }
    }
}

/// Calls a function with strings as `argv` has them.
private func withStrings<Result>(
    _ strings: [String],
    _ body: ([UnsafeMutablePointer<CChar>?]) throws -> Result
) rethrows -> Result {
    let pointers = strings.map { strdup($0) }
    defer { pointers.forEach { free($0) } }
    return try body(pointers + [nil])
}
