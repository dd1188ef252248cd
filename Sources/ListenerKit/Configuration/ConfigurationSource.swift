import Synchronization

/// Reads supervisord's configuration again after its files have changed, once for all handlers.
final class ConfigurationSource: Sendable {
    private let inputs: ConfigurationInputs
    private let find: @Sendable () throws(ConfigurationError) -> String
    private let state: Mutex<State>

    private struct State {
        /// The path of the main file; nil if it has not been found yet.
        var path: String?
        /// The latest configuration, or why it cannot be read.
        var latest: Result<SupervisorConfiguration, ConfigurationError>
    }

    /// Makes a source from a configuration that has been read.
    ///
    /// - Parameters:
    ///   - configuration: The configuration, or why it cannot be read.
    ///   - inputs: The inputs with which it was read.
    ///   - find: Finds the main file; called only until it has been found.
    init(
        _ configuration: Result<SupervisorConfiguration, ConfigurationError>,
        _ inputs: ConfigurationInputs,
        find: @escaping @Sendable () throws(ConfigurationError) -> String
    ) {
        self.inputs = inputs
        self.find = find
        state = Mutex(State(path: (try? configuration.get())?.path, latest: configuration))
    }

    /// Returns the configuration as its files are now; they are read only if one of them has changed.
    ///
    /// - Returns: The configuration.
    /// - Throws: ``ConfigurationError`` if it cannot be found or read.
    func reread() throws(ConfigurationError) -> SupervisorConfiguration {
        let result = state.withLock { state in
            if let known = try? state.latest.get(), known.isCurrent(inputs) {
                return state.latest
            }
            state.latest = Result { () throws(ConfigurationError) in
                let path = if let path = state.path { path } else { try find() }
                state.path = path
                return try SupervisorConfiguration(path: path, inputs)
            }
            return state.latest
        }
        return try result.get()
    }
}
