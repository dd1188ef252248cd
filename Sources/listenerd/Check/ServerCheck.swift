import ListenerKit

/// Finds out whether supervisord can be called at all.
struct ServerCheck {
    private let configuration: SupervisorConfiguration
    /// Only the order of starts cannot do without; and `supervise`, which brings a listener, adds what is missing.
    private let severity: ConfigurationProblem.Severity
    private let remedy: String
    /// Whether to say nothing, because `supervise` is recommended for another reason already.
    private let isLeftToSupervise: Bool

    /// Prepares the check.
    ///
    /// - Parameters:
    ///   - configuration: The configuration.
    ///   - lacksStarter: Whether it is said that `supervise` should start this, or a listener be added.
    init(_ configuration: SupervisorConfiguration, lacksStarter: Bool) {
        self.configuration = configuration
        let startsInOrder = configuration.eventListeners.contains { ListenerCommand.startsInOrder($0) }
        severity = startsInOrder ? .error : .warning
        isLeftToSupervise = lacksStarter && !configuration.rejectsRemoteInterface
        if configuration.rejectsRemoteInterface {
            remedy = ", once nothing keeps supervisord from starting with [rpcinterface:supervisor]"
        } else {
            remedy = startsInOrder ? "" : ", or start it by listenerd supervise, which does that"
        }
    }

    private static let server = "[unix_http_server] with file=/run/supervisor.sock"
    private static let interface = """
        [rpcinterface:supervisor] with supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
        """

    /// Looks for a server and for the interface behind it.
    func check(_ findings: inout Findings) {
        guard !isLeftToSupervise else {
            return
        }
        let start = configuration.settings.location ?? ConfigurationLocation(file: configuration.path, line: 1)
        let consequence = """
            so supervisord cannot be asked or told anything: programs are neither started in order nor shown
            """
        switch (configuration.servers.first, configuration.hasRemoteInterface) {
        case (nil, false):
            findings.add(
                severity,
                start,
                """
                there is no server section and no [rpcinterface:supervisor], \(consequence); add \(Self.server), and \
                \(Self.interface)\(remedy)
                """
            )
        case (nil, true):
            findings.add(severity, start, "there is no server section, \(consequence); add \(Self.server)\(remedy)")
        case (let server?, false):
            findings.add(
                severity,
                server.location,
                "there is no [rpcinterface:supervisor], \(consequence); add \(Self.interface)\(remedy)"
            )
        case (.some, true):
            break
        }
    }
}
