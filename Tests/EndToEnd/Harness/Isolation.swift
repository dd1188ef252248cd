import ExecutableTesting
import Foundation

/// Tools of the system that put a command apart from the rest; they come before it, and not every machine lets us use them.
enum Isolation {
    /// Runs a command as another user.
    static let asNobody = [
        "/usr/bin/setpriv", "--reuid=nobody", "--regid=\(groupOfNobody)", "--clear-groups", "--",
    ]
    /// Makes a command the first process of a PID namespace.
    static let asFirstProcess = ["/usr/bin/unshare", "--pid", "--fork", "--mount-proc", "--kill-child", "--"]
    /// Lets a command mount what nobody else sees.
    static let withOwnMounts = ["/usr/bin/unshare", "--mount", "--"]

    /// Whether the tests can run listenerd and ``supervisordForAll`` like that.
    static func isPossible(_ wrapper: [String]) -> Bool {
        guard getuid() == 0, let listenerd = try? TestedExecutable.listenerd, let supervisord = supervisordForAll else {
            return false
        }
        // What a tool starts may have more rights than what that starts.
        let both = ["/bin/sh", "-c", "\"$1\" --version && exec /bin/sh -c \"$2\" sh --version", "sh"]
        let process = Process()
        process.executableURL = URL(filePath: wrapper[0])
        process.arguments = wrapper.dropFirst() + both + [listenerd, supervisord]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else {
            return false
        }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }

    /// A script that is the tested supervisord for every user, where Python was installed for one user alone.
    static var supervisordForAll: String? {
        guard let supervisord = try? TestedExecutable.supervisord else {
            return nil
        }
        let libraries = URL(filePath: supervisord).deletingLastPathComponent().appending(path: "../lib").standardized
        let all = FileManager.default.enumerator(atPath: libraries.path)
        while let name = all?.nextObject() as? String {
            if name.hasSuffix("/site-packages") {
                let path = "PYTHONPATH=\(libraries.path)/\(name) PATH=/usr/bin:/usr/local/bin"
                return "#!/bin/sh\n\(path) exec python3 -m supervisor.supervisord \"$@\"\n"
            }
        }
        return nil
    }

    private static var groupOfNobody: gid_t {
        getpwnam("nobody")?.pointee.pw_gid ?? 65534
    }
}
