import ListenerKit

/// Finds out whether supervisord can be called at all.
struct ServerCheck {
    private let configuration: SupervisorConfiguration

    init(_ configuration: SupervisorConfiguration) {
        self.configuration = configuration
    }

    /// Looks for a server and for the interface behind it.
    func check(_ findings: inout Findings) {
        let start = ConfigurationLocation(file: configuration.path, line: 1)
        if configuration.servers.isEmpty {
            findings.error(
                configuration.settings.location ?? start,
                """
                there is no server section, so supervisord cannot be asked or told anything: programs are neither \
                started in order nor shown; add [unix_http_server] with file=/run/supervisor.sock
                """
            )
        }
        if !configuration.hasRemoteInterface {
            findings.error(
                configuration.servers.first?.location ?? configuration.settings.location ?? start,
                """
                there is no [rpcinterface:supervisor], so supervisord answers no call: add that section with \
                supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
                """
            )
        }
    }
}
