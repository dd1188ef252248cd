/// What can be found out about supervisord from here.
package struct Surroundings: Sendable {
    /// supervisord's configuration, or why there is none.
    package let configuration: Result<SupervisorConfiguration, ConfigurationError>
    /// How supervisord is reached by RPC, or why that is not known.
    package let supervisor: Result<Supervisor, NoSupervisorError>

    /// Says what is known.
    package init(
        configuration: Result<SupervisorConfiguration, ConfigurationError>,
        supervisor: Result<Supervisor, NoSupervisorError>
    ) {
        self.configuration = configuration
        self.supervisor = supervisor
    }

    /// Looks around.
    ///
    /// - Parameters:
    ///   - options: The options, some of which say where to look.
    ///   - environment: The variables, some of which supervisord sets for its children.
    ///   - asListener: Whether supervisord is expected to have started this process.
    /// - Throws: ``EndpointError`` where an option or a variable holds what is no server URL.
    package init(
        options: OptionValues,
        environment: [String: String],
        asListener: Bool
    ) throws(EndpointError) {
        let named = options[ListenerOptions.config]
        let configuration = Result { () throws(ConfigurationError) in
            let search = ConfigurationSearch.current(named: named, asListener: asListener)
            return try SupervisorConfiguration(path: try search.find())
        }
        let server = (try? configuration.get())?.preferredServer
        let url = options[ListenerOptions.serverURL] ?? environment["SUPERVISOR_SERVER_URL"] ?? server?.url
        self.configuration = configuration
        guard let url, !url.isEmpty else {
            supervisor = .failure(NoSupervisorError(configuration: configuration))
            return
        }
        let credentials = Credentials(environment: environment) ?? server.flatMap { Credentials(server: $0) }
        supervisor = .success(Supervisor(endpoint: try Endpoint(url), credentials: credentials))
    }
}

extension Credentials {
    /// Takes both from a server section; `nil` results where it asks for none, or holds only a hash of the password.
    init?(server: ServerConfiguration) {
        guard let username = server.username, let password = server.password, !server.hasHashedPassword else {
            return nil
        }
        self.init(username: username, password: password)
    }
}
