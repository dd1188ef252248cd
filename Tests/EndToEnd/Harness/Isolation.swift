import ExecutableTesting
import Foundation

/// A system tool that isolates the command that follows it.
struct Isolation: Sendable {
    /// The tool and its arguments.
    let command: [String]
    /// Whether this machine lets the tests run listenerd and ``sharedSupervisord`` like that.
    let isPossible: Bool

    /// Runs a command as another user.
    static let asNobody = Isolation([
        "/usr/bin/setpriv", "--reuid=nobody", "--regid=\(groupOfNobody)", "--clear-groups", "--",
    ])
    /// Makes a command the first process of a PID namespace.
    static let asFirstProcess = Isolation(["/usr/bin/unshare", "--pid", "--fork", "--mount-proc", "--kill-child", "--"])
    /// Lets a command mount file systems that only it and its children see.
    static let withOwnMounts = Isolation(["/usr/bin/unshare", "--mount", "--"])

    private init(_ command: [String]) {
        self.command = command
        isPossible = Self.isPossible(command)
    }

    private static func isPossible(_ command: [String]) -> Bool {
        guard getuid() == 0, let listenerd = try? TestedExecutable.listenerd, let supervisord = sharedSupervisord else {
            return false
        }
        // The shell's own child is tried too: it may have fewer rights than the shell.
        let script = ["/bin/sh", "-c", "\"$1\" --version && exec /bin/sh -c \"$2\" sh --version", "sh"]
        let process = Process()
        process.executableURL = URL(filePath: command[0])
        process.arguments = command.dropFirst() + script + [listenerd, supervisord]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else {
            return false
        }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }

    /// A script that runs the tested supervisord for every user, even if Python is installed for one user only.
    static var sharedSupervisord: String? {
        guard let supervisord = try? TestedExecutable.supervisord else {
            return nil
        }
        let libraries = URL(filePath: supervisord).deletingLastPathComponent().appending(path: "../lib").standardized
        let names = FileManager.default.enumerator(atPath: libraries.path)
        while let name = names?.nextObject() as? String {
            if name.hasSuffix("/site-packages") {
                let variables = "PYTHONPATH=\(libraries.path)/\(name) PATH=/usr/bin:/usr/local/bin"
                return "#!/bin/sh\n\(variables) exec python3 -m supervisor.supervisord \"$@\"\n"
            }
        }
        return nil
    }

    private static var groupOfNobody: gid_t {
        getpwnam("nobody")?.pointee.pw_gid ?? 65534
    }
}
