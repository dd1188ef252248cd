import Glibc
import ListenerKit
import Testing

@testable import ListenerTesting
@testable import listenerd

/// The message about a supervisord that cannot be started: what failed, why, and what to do.
@Suite struct UnstartableSupervisordErrorTests {
    @Test(arguments: [
        (
            "supervisord", ENOENT,
            """
            cannot start 'supervisord': it is in no directory of PATH; install supervisor (pip install supervisor, or your \
            distribution's package), or give its path with --supervisord
            """
        ),
        (
            "/no/supervisord", ENOENT,
            """
            cannot start '/no/supervisord': there is no such file; install supervisor (pip install supervisor, or your \
            distribution's package), or correct --supervisord
            """
        ),
        ("/dev", EACCES, "cannot start '/dev': '/dev' is not a file; name the program itself with --supervisord"),
        (
            "/bin/sh", ENOMEM,
            "cannot start '/bin/sh': Cannot allocate memory; check that it starts without listenerd"
        ),
        (
            "/bin/sh", ENOEXEC,
            """
            cannot start '/bin/sh': '/bin/sh' is neither a program for this machine nor a script with a #! line; reinstall \
            supervisor with this system's Python, or name another with --supervisord
            """
        ),
    ])
    func descriptionSaysWhatToDo(program: String, code: Int32, text: String) throws {
        let folder = try TemporaryFolder()
        let error = UnstartableSupervisordError(
            program: program,
            reason: SystemError("start '\(program)'", code: code),
            path: folder.path
        )
        #expect("\(error)" == text)
    }

    @Test func aMissingInterpreterIsNamed() throws {
        let folder = try TemporaryFolder()
        let script = try folder.writeProgram("#!/no/bin/python3\n", to: "supervisord")
        let reason = SystemError("start 'supervisord'", code: ENOENT)
        let error = UnstartableSupervisordError(program: "supervisord", reason: reason, path: folder.path)
        let cause = "'\(script)' names the interpreter '/no/bin/python3', which does not exist"
        let remedy = "reinstall supervisor with this system's Python, or correct its first line"
        #expect("\(error)" == "cannot start 'supervisord': \(cause); \(remedy)")
    }
}
