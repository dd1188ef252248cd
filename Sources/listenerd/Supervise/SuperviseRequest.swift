import Handlers
import ListenerKit

/// What `listenerd supervise` is asked to run.
struct SuperviseRequest {
    /// What the configuration is composed of.
    let composition: CompositionRequest
    /// The flags and options of handlers; empty where no listener is to be added.
    let listenerArguments: [String]
    /// What is called to start supervisord.
    let supervisord: String
    /// More arguments of supervisord.
    let supervisordArguments: [String]

    /// Puts the configuration together.
    ///
    /// - Parameters:
    ///   - directory: Where the main file is going to be.
    ///   - standardError: Tells the file for the standard error of the listener that is added to a configuration.
    /// - Returns: The configuration; where it has no text the base runs as it is.
    /// - Throws: ``UsageError``, ``ConfigurationError``, ``ConfigurationProblem`` or ``RoleError``.
    func compose(
        into directory: String,
        standardError: (SupervisorConfiguration) -> String = { _ in "/dev/stderr" }
    ) throws -> ComposedConfiguration {
        var composer = try ConfigurationComposer(composition, .current())
        try composer.addMissingSections()
        guard !listenerArguments.isEmpty else {
            return try composer.compose(into: directory)
        }
        let others = try composer.compose(into: directory).configuration
        let listener = try ListenerSection(
            listenerArguments,
            executable: executablePath(),
            standardError: standardError(others)
        )
        try composer.add(listener.section(besides: others.processCount))
        return try composer.compose(into: directory)
    }
}
