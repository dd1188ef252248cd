import ListenerKit

/// The error that supervisord cannot be started.
struct UnstartableSupervisordError: Error, CustomStringConvertible {
    /// The program that was called.
    let program: String
    /// The system's error.
    let reason: SystemError
    /// The cause of that error.
    let cause: ExecFailure

    /// Describes a failed attempt to start it.
    ///
    /// - Parameters:
    ///   - program: The program that was called.
    ///   - reason: The system's error.
    ///   - path: The value of `PATH`.
    init(program: String, reason: SystemError, path: String?) {
        self.program = program
        self.reason = reason
        cause = ExecFailure(program, error: reason, path: path)
    }

    /// One sentence without a full stop: what failed, why, and what to do.
    var description: String {
        let name = "'\(program)'"
        let (cause, remedy): (String, String) =
            switch self.cause {
            case .missing: ("there is no such file", "\(Self.install), or correct --supervisord")
            case .notOnPath: ("it is in no directory of PATH", "\(Self.install), or give its path with --supervisord")
            case .notAFile(let file): ("'\(file)' is not a file", "name the program itself with --supervisord")
            case .notExecutable(let file):
                ("'\(file)' is not executable", "make it executable (chmod +x), or name another with --supervisord")
            case .missingInterpreter(let interpreter, let file):
                (
                    "'\(file)' names the interpreter '\(interpreter)', which does not exist",
                    "\(Self.reinstall), or correct its first line"
                )
            case .unusableInterpreter(let interpreter, let file):
                (
                    "'\(file)' names the interpreter '\(interpreter)', which is not executable",
                    "make that executable (chmod +x), or correct the first line of '\(file)'"
                )
            case .missingLoader(let file):
                (
                    "'\(file)' was built for a system with other libraries: its loader does not exist here",
                    Self.reinstall
                )
            case .unknownFormat(let file):
                (
                    "'\(file)' is neither a program for this machine nor a script with a #! line",
                    "\(Self.reinstall), or name another with --supervisord"
                )
            case .other: (reason.reason, "check that it starts without listenerd")
            }
        return "cannot start \(name): \(cause); \(remedy)"
    }

    private static let install = "install supervisor (pip install supervisor, or your distribution's package)"
    private static let reinstall = "reinstall supervisor with this system's Python"
}

extension UnstartableSupervisordError: ExitStatusError {
    /// The same as for a supervisord that cannot be reached.
    var exitStatus: ExitStatus { .unavailable }
}
