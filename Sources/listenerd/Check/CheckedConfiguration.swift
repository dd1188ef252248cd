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

    /// Prepares the check of a configuration.
    init(_ loaded: LoadedPlan) {
        self.loaded = loaded
        listeners = loaded.configuration.eventListeners.compactMap { CheckedListener($0, loaded) }
        sources = SourceFiles(loaded.configuration.files)
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
