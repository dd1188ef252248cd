import Handlers
import ListenerKit

/// A configuration, with the order of starts that it leads to.
struct LoadedPlan {
    /// supervisord's configuration.
    let configuration: SupervisorConfiguration
    /// The order of starts.
    let plan: StartupPlan

    /// Finds and reads the configuration.
    ///
    /// - Parameter path: The file that was named, if any.
    /// - Throws: ``ConfigurationError``.
    init(named path: String?) throws(ConfigurationError) {
        self.init(
            try SupervisorConfiguration(path: try ConfigurationSearch.current(named: path, asListener: false).find())
        )
    }

    /// Reads the plan of a configuration.
    init(_ configuration: SupervisorConfiguration) {
        self.configuration = configuration
        plan = StartupPlan(configuration)
    }

    /// What is wrong with both.
    var problems: [ConfigurationProblem] {
        sortedProblems(configuration.problems + plan.problems, by: configuration.files)
    }
}
