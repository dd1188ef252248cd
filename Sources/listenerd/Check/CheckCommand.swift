import ListenerKit

/// `listenerd check`: prints the problems of a configuration.
enum CheckCommand: Subcommand {
    static let name = "check"
    static let summary = "find the problems of a configuration before it runs"
    static let explanation = [
        """
        Prints one line for each problem, FILE:LINE: error|warning: … [rule], in the order of files and lines. \
        An error keeps something from working: supervisord rejects the configuration, a program never starts, or a \
        listener does not get what it needs. If nothing is wrong, nothing is printed.
        """,
        CompositionOptions.explanation,
        "Exit status: 0; 65 if there is an error, or no configuration.",
    ]
    static let options: [any OptionDeclaration] = [ListenerOptions.config] + CompositionOptions.all

    static func run(_ options: OptionValues, _ output: inout CommandOutput) throws -> ExitStatus {
        let found = try LoadedPlan.find(options, &output)
        return try report(to: &output) { try LoadedPlan(found, options) }
    }

    /// Prints the problems of a configuration.
    ///
    /// - Parameters:
    ///   - output: The output to print to.
    ///   - load: Reads the configuration.
    /// - Returns: The exit status: 65 if there is an error.
    /// - Throws: What `load` throws, unless that concerns a line of a file: then it is printed as a problem.
    static func report(to output: inout CommandOutput, on load: () throws -> LoadedPlan) throws -> ExitStatus {
        let loaded: LoadedPlan
        do {
            loaded = try load()
        } catch {
            guard let problem = ConfigurationProblem(error) else {
                throw error
            }
            // No other problem can be found in a configuration that cannot be read.
            output.print(line: problem.printed)
            return .configuration
        }
        let checked = CheckedConfiguration(loaded)
        let problems = (loaded.problems + CheckRules.all.flatMap { $0.problems(of: checked) })
            .sorted(byPlaceIn: loaded.configuration.files)
        for problem in problems {
            output.print(line: problem.printed)
        }
        return problems.exitStatus
    }
}
