import Synchronization

/// supervisord's configuration, which is read again after its files have changed: once for all handlers.
final class ConfigurationSource: Sendable {
    private let inputs: ConfigurationInputs
    private let find: @Sendable () throws(ConfigurationError) -> String
    private let state: Mutex<State>

    private struct State {
        /// The main file, once it has been found.
        var path: String?
        /// What was read last.
        var latest: Result<SupervisorConfiguration, ConfigurationError>
    }

    /// Makes a source that has been read once.
    ///
    /// - Parameters:
    ///   - configuration: What was read.
    ///   - inputs: The world that its files are in.
    ///   - find: Finds the main file; asked only as long as none was found.
    init(
        _ configuration: Result<SupervisorConfiguration, ConfigurationError>,
        _ inputs: ConfigurationInputs,
        find: @escaping @Sendable () throws(ConfigurationError) -> String
    ) {
        self.inputs = inputs
        self.find = find
        state = Mutex(State(path: (try? configuration.get())?.path, latest: configuration))
    }

    /// The configuration as its files are now; they are looked at, and read only if one has changed.
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
