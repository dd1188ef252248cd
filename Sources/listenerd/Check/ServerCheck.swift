import ListenerKit

/// Finds out whether supervisord can be called at all.
struct ServerCheck {
    private let configuration: SupervisorConfiguration
    /// Only the order of starts cannot do without; and `supervise`, which brings a listener, adds what is missing.
    private let severity: ConfigurationProblem.Severity
    private let remedy: String

    init(_ configuration: SupervisorConfiguration) {
        self.configuration = configuration
        let startsInOrder = configuration.eventListeners.contains { ListenerCommand.startsInOrder($0) }
        severity = startsInOrder ? .error : .warning
        if configuration.refusesRemoteInterface {
            remedy = ", once nothing keeps supervisord from starting with [rpcinterface:supervisor]"
        } else {
            remedy = startsInOrder ? "" : ", or start it by listenerd supervise, which does that"
        }
    }

    /// Looks for a server and for the interface behind it.
    func check(_ findings: inout Findings) {
        let start = ConfigurationLocation(file: configuration.path, line: 1)
        if configuration.servers.isEmpty {
            findings.add(
                severity,
                configuration.settings.location ?? start,
                """
                there is no server section, so supervisord cannot be asked or told anything: programs are neither \
                started in order nor shown; add [unix_http_server] with file=/run/supervisor.sock\(remedy)
                """
            )
        }
        if !configuration.hasRemoteInterface {
            findings.add(
                severity,
                configuration.servers.first?.location ?? configuration.settings.location ?? start,
                """
                there is no [rpcinterface:supervisor], so supervisord answers no call: add that section with \
                supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface\(remedy)
                """
            )
        }
    }
}
