/// What can be found out about supervisord from here.
package struct SupervisordAccess: Sendable {
    /// supervisord's configuration, or why there is none.
    package let configuration: Result<SupervisorConfiguration, ConfigurationError>
    /// How supervisord is reached by RPC, or why that is not known.
    package let supervisor: Result<Supervisor, NoSupervisorError>
    /// What keeps starts apart from the order to shut down.
    let startLock = StartLock()
    /// What is not as it should be, and was helped.
    package let warnings: [String]

    /// The name of this process, if supervisord has told it.
    let processName: ProcessName?
    private let source: ConfigurationSource

    private static let variable = "SUPERVISOR_SERVER_URL"

    /// Says what is known.
    package init(
        configuration: Result<SupervisorConfiguration, ConfigurationError>,
        supervisor: Result<Supervisor, NoSupervisorError>,
        processName: ProcessName? = nil
    ) {
        self.configuration = configuration.map { $0.marking(processName) }
        self.supervisor = supervisor
        warnings = []
        self.processName = processName
        source = ConfigurationSource(configuration, .current()) { () throws(ConfigurationError) in
            try configuration.get().path
        }
    }

    /// The configuration as its files are now.
    func reread() throws(ConfigurationError) -> SupervisorConfiguration {
        try source.reread().marking(processName)
    }

    /// The section from which supervisord has started this process; nil if that is not known.
    var listenerSection: EventListenerConfiguration? {
        try? configuration.get().eventListeners.first { $0.isThisListener }
    }

    /// Looks around.
    ///
    /// - Parameters:
    ///   - options: The options, some of which say where to look.
    ///   - environment: The variables, some of which supervisord sets for its children.
    ///   - asListener: Whether supervisord is expected to have started this process.
    /// - Throws: ``UsageError`` where `--server-url` is no server URL; ``ConfigurationError`` where a file that was named
    ///   cannot be read.
    package init(options: OptionValues, environment: [String: String], asListener: Bool) throws {
        processName = ConfigurationSearch.processName(in: environment)
        let named = options[ListenerOptions.config]
        let search = ConfigurationSearch.current(named: named, asListener: asListener)
        let found = Result { () throws(ConfigurationError) in try search.find() }
        let inputs = ConfigurationInputs.current(
            environment: search.supervisordEnvironment(forConfiguration: try? found.get())
        )
        let configuration = Result { () throws(ConfigurationError) in
            try SupervisorConfiguration(path: try found.get(), inputs)
        }
        source = ConfigurationSource(configuration, inputs) { () throws(ConfigurationError) in try search.find() }
        if named != nil {
            _ = try configuration.get()
        }
        var warnings: [String] = []
        let endpoint = try Self.endpoint(options, environment, try? configuration.get(), &warnings)
        self.configuration = configuration.map { [processName] in $0.marking(processName) }
        self.warnings = warnings
        guard let endpoint else {
            supervisor = .failure(NoSupervisorError(configuration: configuration))
            return
        }
        let credentials = Credentials(environment: environment) ?? Credentials(for: endpoint, try? configuration.get())
        supervisor = .success(Supervisor(endpoint: endpoint, credentials: credentials))
    }

    /// Where supervisord answers: what the option says, else the environment, else the configuration.
    private static func endpoint(
        _ options: OptionValues,
        _ environment: [String: String],
        _ configuration: SupervisorConfiguration?,
        _ warnings: inout [String]
    ) throws(UsageError) -> Endpoint? {
        if let url = options[ListenerOptions.serverURL] {
            do {
                return try Endpoint(url)
            } catch {
                throw .other("\(error) (--server-url)")
            }
        }
        do {
            if let endpoint = try Endpoint(environment: environment) {
                return endpoint
            }
        } catch {
            // supervisord hands on any string that serverurl= holds, and a proxy's address is of no use here.
            warnings.append("\(error) (in $\(variable)); using the server in supervisord's configuration")
        }
        return configuration?.preferredServer?.endpoint
    }
}

extension Supervisor {
    /// The server of a configuration; nil where it has none that can be reached.
    ///
    /// - Parameters:
    ///   - configuration: supervisord's configuration.
    ///   - environment: The variables, which may name a password of which the configuration has only a hash.
    package init?(_ configuration: SupervisorConfiguration, environment: [String: String]) {
        guard let endpoint = configuration.preferredServer?.endpoint else {
            return nil
        }
        let credentials = Credentials(environment: environment) ?? Credentials(for: endpoint, configuration)
        self.init(endpoint: endpoint, credentials: credentials)
    }
}

extension Credentials {
    /// Takes both from the server section that is answered for at an endpoint: a password goes nowhere else.
    ///
    /// `nil` results where there is none, it asks for none, or it holds only a hash of the password.
    init?(for endpoint: Endpoint, _ configuration: SupervisorConfiguration?) {
        let server = configuration?.servers.first { $0.endpoint.isSame(as: endpoint) }
        guard let server, let username = server.username, let password = server.password, !server.hasHashedPassword
        else {
            return nil
        }
        self.init(username: username, password: password)
    }
}
