import Foundation

/// The executables under test.
public enum TestedExecutable {
    /// The root of the package.
    public static let package = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined()

    /// The path of the listenerd that was built with these tests; `LISTENERD_TEST_LISTENERD` overrides it.
    public static var listenerd: String {
        get throws {
            let built = Bundle.main.bundleURL.appending(path: "listenerd").path
            let usual = "\(package)/.build/debug/listenerd"
            return try find("LISTENERD_TEST_LISTENERD", [built, usual], hint: "'swift build' makes it")
        }
    }

    /// The path of the real supervisord; `LISTENERD_TEST_SUPERVISORD` overrides it.
    public static var supervisord: String {
        get throws {
            let installed = "\(package)/.build/python/bin/supervisord"
            return try find("LISTENERD_TEST_SUPERVISORD", [installed], hint: "'make test' installs one")
        }
    }

    /// Finds an executable, by the variable that names it, or else at the first of some paths.
    private static func find(_ variable: String, _ paths: [String], hint: String) throws -> String {
        let candidates = ProcessInfo.processInfo.environment[variable].map { [$0] } ?? paths
        guard let found = candidates.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
            throw Missing(candidates: candidates, variable: variable, hint: hint)
        }
        return found
    }

    private struct Missing: Error, CustomStringConvertible {
        let candidates: [String]
        let variable: String
        let hint: String

        var description: String {
            "There is no \(candidates.joined(separator: ", nor ")): \(hint), or let \(variable) name it."
        }
    }
}
