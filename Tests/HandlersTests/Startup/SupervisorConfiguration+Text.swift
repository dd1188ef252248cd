import ListenerKit

extension SupervisorConfiguration {
    /// Reads a configuration that a test has written down, as if it stood in `/etc/supervisord.conf`.
    static func of(_ text: String) throws -> SupervisorConfiguration {
        try SupervisorConfiguration(
            path: "/etc/supervisord.conf",
            ConfigurationInputs(
                environment: [:],
                hostName: "host",
                workingDirectory: "/",
                readFile: { _ in Array(("[supervisord]\n" + text).utf8) },
                pathsMatching: { _ in [] }
            )
        )
    }
}
