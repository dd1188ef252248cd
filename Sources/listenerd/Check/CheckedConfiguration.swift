import Handlers
import ListenerKit

/// A configuration, with everything that rules look at.
struct CheckedConfiguration: Sendable {
    /// The configuration with its roles.
    let loaded: LoadedPlan
    /// The listeners that run listenerd, in the order of the files.
    let listeners: [CheckedListener]
    /// The files as they are written.
    let sources: SourceFiles
    /// Whether supervisord is to run on the machine on which it is checked.
    let isThisMachine: Bool
    /// The longest time that supervisord may take to stop everything; nil for any.
    let stopTimeout: Duration?
    /// The machine on which it is checked.
    let machine: Machine

    /// Prepares the check of a configuration.
    ///
    /// - Parameters:
    ///   - loaded: The configuration with its roles.
    ///   - isThisMachine: Whether supervisord is to run on the machine on which it is checked.
    ///   - stopTimeout: The longest time that supervisord may take to stop everything; nil for any.
    ///   - machine: The machine on which it is checked.
    ///   - sources: The files as they are written; nil to read them.
    init(
        _ loaded: LoadedPlan,
        isThisMachine: Bool = false,
        stopTimeout: Duration? = nil,
        machine: Machine = .current(),
        sources: SourceFiles? = nil
    ) {
        self.isThisMachine = isThisMachine
        self.stopTimeout = stopTimeout
        self.machine = machine
        self.loaded = loaded
        listeners = loaded.configuration.eventListeners.compactMap { CheckedListener($0, loaded) }
        self.sources = sources ?? SourceFiles(loaded.configuration.files)
    }

    /// supervisord's configuration.
    var configuration: SupervisorConfiguration { loaded.configuration }

    /// The order of starts.
    var plan: StartupPlan { loaded.plan }

    /// The line that stands for the whole configuration: the header of `[supervisord]`, or the first of the main file.
    var start: ConfigurationLocation {
        configuration.settings.location ?? ConfigurationLocation(file: configuration.path, line: 1)
    }
}
