import Handlers
import ListenerKit

/// A configuration and its order of starts.
struct LoadedPlan {
    /// supervisord's configuration.
    let configuration: SupervisorConfiguration
    /// The order of starts.
    let plan: StartupPlan
    /// Whether there are roles that were not chosen.
    let leavesRolesOut: Bool
    /// The name of the listener that `supervise` has added; nil if it has added none.
    let addedListener: String?

    /// Finds the configuration, and reports which one it is if that is not obvious.
    ///
    /// - Parameters:
    ///   - options: The options, which may name it, and a file of variables.
    ///   - output: The output for the report.
    /// - Returns: The file, and the environment with which supervisord expands it.
    /// - Throws: ``ConfigurationError``.
    static func find(
        _ options: OptionValues,
        _ output: inout CommandOutput
    ) throws(ConfigurationError) -> (file: String, environment: [String: String]) {
        let variables = try EnvironmentFile.variables(options)
        let search = ConfigurationSearch.current(named: options[ListenerOptions.config], asListener: false)
        let file = try search.find()
        if !search.isObvious(file) {
            output.complain(line: "listenerd: info: using the configuration '\(file)'")
        }
        return (file, search.supervisordEnvironment(forConfiguration: file).merging(variables) { $1 })
    }

    /// Reads the processes of the configuration that options name, or that is found without them, with those of its roles.
    ///
    /// - Parameter options: The options, which may choose roles; those that are not known are not given.
    /// - Returns: The processes, in the order in which supervisord starts their groups.
    /// - Throws: ``ConfigurationError``, ``ConfigurationProblem`` or ``RoleError``.
    @Sendable
    static func processes(_ options: OptionValues) throws -> [ProcessName] {
        // Where the configuration was found is not reported, because a command line is being typed.
        var output = CommandOutput()
        let found = try find(options, &output)
        let loaded = try LoadedPlan(file: found.file, options, .current(environment: found.environment))
        return loaded.configuration.processesOfPrograms
    }

    /// Reads a configuration with its roles.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - options: The options of ``CompositionOptions``, which choose the roles.
    ///   - inputs: The inputs, with the environment with which supervisord expands the file.
    /// - Throws: ``ConfigurationError``, ``ConfigurationProblem`` or ``RoleError``.
    init(file: String, _ options: OptionValues, _ inputs: ConfigurationInputs) throws {
        let request = CompositionOptions.request(base: file, for: .inspecting, options)
        var composer = try ConfigurationComposer(request, inputs)
        if composer.hasRoles {
            // Roles run under `supervise`, which adds missing sections too.
            try composer.addMissingSections(answersCalls: true)
        }
        self.init(try composer.compose(into: currentWorkingDirectory()))
    }

    /// Creates the plan of a composed configuration.
    ///
    /// - Parameters:
    ///   - composed: The configuration.
    ///   - addedListener: The name of the listener that was added to it, if any.
    init(_ composed: ComposedConfiguration, addedListener: String? = nil) {
        let configuration = composed.configuration
        self.init(configuration, leavesRolesOut: composed.leavesRolesOut, addedListener: addedListener)
    }

    /// Creates the plan of a configuration.
    init(_ configuration: SupervisorConfiguration, leavesRolesOut: Bool = false, addedListener: String? = nil) {
        self.configuration = configuration
        self.leavesRolesOut = leavesRolesOut
        let isComposed = configuration.basePath != configuration.path
        self.addedListener = addedListener ?? (isComposed ? ComposedConfiguration.listenerName : nil)
        plan = StartupPlan(configuration)
    }

    /// The problems of both.
    var problems: [ConfigurationProblem] {
        (configuration.problems + plan.problems).sorted(byPlaceIn: configuration.files)
    }
}
