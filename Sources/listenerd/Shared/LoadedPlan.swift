import Handlers
import ListenerKit

/// A configuration, with the order of starts that it leads to.
struct LoadedPlan {
    /// supervisord's configuration.
    let configuration: SupervisorConfiguration
    /// The order of starts.
    let plan: StartupPlan
    /// Whether there are roles that are not in it.
    let leavesRolesOut: Bool

    /// Finds and reads the configuration, with the roles that it is to be looked at with.
    ///
    /// - Parameter options: Those of ``CompositionOptions``, and the file that was named.
    /// - Throws: ``ConfigurationError``, ``ConfigurationProblem`` or ``RoleError``.
    init(_ options: OptionValues) throws {
        let search = ConfigurationSearch.current(named: options[ListenerOptions.config], asListener: false)
        let base = try search.find()
        let request = CompositionOptions.request(base: base, for: .inspecting, options)
        let environment = search.supervisordEnvironment(forConfiguration: base)
        var composer = try ConfigurationComposer(request, .current(environment: environment))
        if composer.hasRoles {
            // Roles are run by `supervise`, which adds what is missing too.
            try composer.addMissingSections(answersCalls: true)
        }
        self.init(try composer.compose(into: currentWorkingDirectory()))
    }

    /// Reads the plan of a configuration that was composed.
    init(_ composed: ComposedConfiguration) {
        self.init(composed.configuration, leavesRolesOut: composed.leavesRolesOut)
    }

    /// Reads the plan of a configuration.
    init(_ configuration: SupervisorConfiguration, leavesRolesOut: Bool = false) {
        self.configuration = configuration
        self.leavesRolesOut = leavesRolesOut
        plan = StartupPlan(configuration)
    }

    /// What is wrong with both.
    var problems: [ConfigurationProblem] {
        (configuration.problems + plan.problems).sorted(byPlaceIn: configuration.files)
    }
}
