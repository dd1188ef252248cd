/// The standard output of `supervise`, as its listeners reach it: by a named pipe.
///
/// They cannot inherit it, because their own standard output carries the protocol, and may not open that of a process of another user.
package enum RelayedOutput {
    /// The environment variable with the path of the pipe.
    package static let variable = "LISTENERD_STDOUT"

    /// Returns whether a path names a process's own standard output.
    package static func isStandardOutput(_ path: String) -> Bool {
        ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"].contains(PathText.absolute(path, from: "/"))
    }

    /// Returns the file that a listener has to open for a path.
    ///
    /// - Parameters:
    ///   - path: The path.
    ///   - environment: The listener's variables.
    /// - Returns: The pipe if the path names standard output and there is one, else the path.
    package static func file(
        at path: String,
        _ environment: [String: String] = listenerEnvironment()
    ) -> String {
        isStandardOutput(path) ? environment[variable] ?? path : path
    }
}
