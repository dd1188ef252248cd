/// The address of supervisord's RPC server is not known.
public struct NoSupervisorError: Error, Equatable, Sendable {
    /// The configuration that has no server section; `nil` if none could be read.
    public let configurationPath: String?

    /// Names the configuration that was read.
    package init(configuration: Result<SupervisorConfiguration, ConfigurationError>) {
        configurationPath = (try? configuration.get())?.path
    }
}

extension NoSupervisorError: CustomStringConvertible {
    /// A sentence that says what to do.
    public var description: String {
        let place = configurationPath.map { "\($0) has" } ?? "supervisord's configuration seems to have"
        return """
            \(place) no [unix_http_server] or [inet_http_server] section, so supervisord cannot be called; add one, \
            together with [rpcinterface:supervisor], or give its address with --server-url (a running 'listenerd \
            supervise', which adds one itself, is found without --config)
            """
    }
}
