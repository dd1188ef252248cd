import ListenerKit

/// Checks that supervisord can be called.
struct ServerCheck {
    private let configuration: SupervisorConfiguration
    /// An error only if a listener of the configuration starts programs in order; `supervise`, which brings its own listener, adds
    /// what is missing.
    private let severity: ConfigurationProblem.Severity
    private let remedy: String
    /// Whether to report nothing, because another problem recommends `supervise` already.
    private let isLeftToSupervise: Bool

    /// Prepares the check.
    ///
    /// - Parameters:
    ///   - configuration: The configuration.
    ///   - lacksStarter: Whether another problem recommends `supervise`, or a listener to be added.
    init(_ configuration: SupervisorConfiguration, lacksStarter: Bool) {
        self.configuration = configuration
        let startsInOrder = configuration.eventListeners.contains { ListenerCommand.startsInOrder($0) }
        severity = startsInOrder ? .error : .warning
        isLeftToSupervise = lacksStarter && !configuration.rejectsRemoteInterface
        if configuration.rejectsRemoteInterface {
            remedy = ", once nothing keeps supervisord from starting with [rpcinterface:supervisor]"
        } else {
            remedy = startsInOrder ? "" : ", or run it with listenerd supervise, which adds what is missing"
        }
    }

    private static let server = "[unix_http_server] with file=/run/supervisor.sock"
    private static let interface = """
        [rpcinterface:supervisor] with supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
        """

    /// Finds a missing server, or a missing interface behind it.
    func check(_ findings: inout Findings) {
        guard !isLeftToSupervise else {
            return
        }
        let start = configuration.settings.location ?? ConfigurationLocation(file: configuration.path, line: 1)
        let consequence = """
            so supervisord cannot be called: neither --ordered-startup nor listenerd status can work
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
