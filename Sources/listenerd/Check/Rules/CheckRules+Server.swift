import ListenerKit

extension CheckRules {
    /// The rules about whether supervisord can be called.
    static let server = [missingServer]

    private static let missingServer = CheckRule(
        "missing-server",
        .warning,
        "a configuration that needs a server section or [rpcinterface:supervisor], and has none",
        reason: "supervisord cannot be called: neither supervisorctl nor --ordered-startup can work."
    ) { checked, findings in
        let configuration = checked.configuration
        guard checked.needsServer else {
            return
        }
        // Another problem recommends `supervise`, which adds both sections unless supervisord would reject them.
        guard configuration.rejectsRemoteInterface || !checked.lacksStarter else {
            return
        }
        let startsInOrder = configuration.eventListeners.contains { ListenerCommand.startsInOrder($0) }
        let severity: ConfigurationProblem.Severity = startsInOrder ? .error : .warning
        let remedy =
            if configuration.rejectsRemoteInterface {
                ", once nothing keeps supervisord from starting with [rpcinterface:supervisor]"
            } else {
                startsInOrder ? "" : ", or run it with listenerd supervise, which adds what is missing"
            }
        let consequence = "so supervisord cannot be called: neither --ordered-startup nor listenerd status can work"
        switch (configuration.servers.first, configuration.hasRemoteInterface) {
        case (nil, false):
            let missing = "there is no server section and no [rpcinterface:supervisor]"
            let message = "\(missing), \(consequence); add \(serverSection), and \(interfaceSection)\(remedy)"
            findings.add(checked.start, message, severity: severity)
        case (nil, true):
            let message = "there is no server section, \(consequence); add \(serverSection)\(remedy)"
            findings.add(checked.start, message, severity: severity)
        case (let server?, false):
            let message = "there is no [rpcinterface:supervisor], \(consequence); add \(interfaceSection)\(remedy)"
            findings.add(server.location, message, severity: severity)
        case (.some, true):
            break
        }
    }

    private static let serverSection = "[unix_http_server] with file=/run/supervisor.sock"
    private static let interfaceSection = """
        [rpcinterface:supervisor] with supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
        """
}

extension CheckedConfiguration {
    /// Whether something in the configuration calls supervisord: a listener, programs that are to start in order, supervisorctl.
    fileprivate var needsServer: Bool {
        plan.programs.contains { $0.isManaged } || configuration.document.section(named: "supervisorctl") != nil
            || configuration.hasRemoteInterface || !configuration.servers.isEmpty || !listeners.isEmpty
            || configuration.eventListeners.contains { ListenerCommand.startsInOrder($0) }
    }
}
