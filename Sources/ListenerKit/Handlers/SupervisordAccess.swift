/// How this process reaches supervisord: its configuration, and the address and credentials of its RPC interface.
package struct SupervisordAccess: Sendable {
    /// supervisord's configuration, or why it could not be read.
    package let configuration: Result<SupervisorConfiguration, ConfigurationError>
    /// supervisord's RPC interface, or why its address is not known.
    package let supervisor: Result<Supervisor, NoSupervisorError>
    /// The lock that keeps starts apart from the order to shut down.
    let startLock: StartLock
    /// By which `supervise` says that everything is being stopped; nil if no `supervise` runs this process.
    package let stopNotice: StopNoticeReader?
    /// Problems that were worked around, in sentences without a full stop.
    package let warnings: [String]

    /// The name of this process, if supervisord has told it.
    let processName: ProcessName?
    private let source: ConfigurationSource

    private static let variable = "SUPERVISOR_SERVER_URL"

    /// Describes a known supervisord.
    package init(
        configuration: Result<SupervisorConfiguration, ConfigurationError>,
        supervisor: Result<Supervisor, NoSupervisorError>,
        processName: ProcessName? = nil,
        stopNotice: StopNoticeReader? = nil
    ) {
        startLock = StartLock(stopNotice)
        self.stopNotice = stopNotice
        self.configuration = configuration.map { $0.marking(processName) }
        self.supervisor = supervisor
        warnings = []
        self.processName = processName
        source = ConfigurationSource(configuration, .current()) { () throws(ConfigurationError) in
            try configuration.get().path
        }
    }

    /// Returns the configuration as its files are now.
    package func reread() throws(ConfigurationError) -> SupervisorConfiguration {
        try source.reread().marking(processName)
    }

    /// The section from which supervisord has started this process; nil if that is not known.
    var listenerSection: EventListenerConfiguration? {
        try? configuration.get().eventListeners.first { $0.isThisListener }
    }

    /// Finds supervisord's configuration and RPC interface.
    ///
    /// - Parameters:
    ///   - options: The options, among them `--config` and `--server-url`.
    ///   - environment: The variables of this process, some of which supervisord sets for its children.
    ///   - asListener: Whether supervisord is expected to have started this process.
    /// - Throws: ``UsageError`` if `--server-url` is no server URL; ``ConfigurationError`` if a file that was named cannot be
    ///   read.
    package init(options: OptionValues, environment: [String: String], asListener: Bool) throws {
        stopNotice = asListener ? StopNoticeReader(environment: listenerEnvironment(environment)) : nil
        startLock = StartLock(stopNotice)
        processName = ConfigurationSearch.processName(in: environment)
        let named = options[ListenerOptions.config]
        let search = ConfigurationSearch.current(named: named, environment: environment, asListener: asListener)
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

    /// Returns the address of supervisord's RPC interface: from the option, or the environment, or the configuration.
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
            // supervisord passes on any string in serverurl=, and the address of a proxy is of no use here.
            warnings.append("\(error) (in $\(variable)); using the server in supervisord's configuration")
        }
        return configuration?.preferredServer?.endpoint
    }
}

extension Supervisor {
    /// Describes the RPC interface of a configuration; nil results if it has no server that can be reached.
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
    /// Reads both from the server section of an endpoint: a password is sent nowhere else.
    ///
    /// `nil` results if there is no such section, or it has no password, or only a hash of one.
    init?(for endpoint: Endpoint, _ configuration: SupervisorConfiguration?) {
        let server = configuration?.servers.first { $0.endpoint.isSame(as: endpoint) }
        guard let server, let username = server.username, let password = server.password, !server.hasHashedPassword
        else {
            return nil
        }
        self.init(username: username, password: password)
    }
}
