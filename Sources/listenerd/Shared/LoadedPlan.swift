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
    /// What the listener is called that `supervise` has added; nil if it has added none.
    let addedListener: String?

    /// Finds the configuration, and says which it is if that is not obvious.
    ///
    /// - Parameters:
    ///   - options: The options, which may name it.
    ///   - output: Where that is said.
    /// - Returns: The file, and the variables by which supervisord expands it.
    /// - Throws: ``ConfigurationError``.
    static func find(
        _ options: OptionValues,
        _ output: inout CommandOutput
    ) throws(ConfigurationError) -> (file: String, environment: [String: String]) {
        let search = ConfigurationSearch.current(named: options[ListenerOptions.config], asListener: false)
        let file = try search.find()
        if !search.isObvious(file) {
            output.complain(line: "listenerd: info: using the configuration '\(file)'")
        }
        return (file, search.supervisordEnvironment(forConfiguration: file))
    }

    /// Reads a configuration, with the roles that it is to be looked at with.
    ///
    /// - Parameters:
    ///   - found: The file, and the variables by which supervisord expands it.
    ///   - options: Those of ``CompositionOptions``.
    /// - Throws: ``ConfigurationError``, ``ConfigurationProblem`` or ``RoleError``.
    init(_ found: (file: String, environment: [String: String]), _ options: OptionValues) throws {
        let request = CompositionOptions.request(base: found.file, for: .inspecting, options)
        var composer = try ConfigurationComposer(request, .current(environment: found.environment))
        if composer.hasRoles {
            // Roles are run by `supervise`, which adds what is missing too.
            try composer.addMissingSections(answersCalls: true)
        }
        self.init(try composer.compose(into: currentWorkingDirectory()))
    }

    /// Reads the plan of a configuration that was composed.
    ///
    /// - Parameters:
    ///   - composed: The configuration.
    ///   - addedListener: What the listener is called that was added to it.
    init(_ composed: ComposedConfiguration, addedListener: String? = nil) {
        let configuration = composed.configuration
        self.init(configuration, leavesRolesOut: composed.leavesRolesOut, addedListener: addedListener)
    }

    /// Reads the plan of a configuration.
    init(_ configuration: SupervisorConfiguration, leavesRolesOut: Bool = false, addedListener: String? = nil) {
        self.configuration = configuration
        self.leavesRolesOut = leavesRolesOut
        let isComposed = configuration.basePath != configuration.path
        self.addedListener = addedListener ?? (isComposed ? ComposedConfiguration.listenerName : nil)
        plan = StartupPlan(configuration)
    }

    /// What is wrong with both.
    var problems: [ConfigurationProblem] {
        (configuration.problems + plan.problems).sorted(byPlaceIn: configuration.files)
    }
}
