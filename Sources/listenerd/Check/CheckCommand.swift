import Handlers
import ListenerKit

/// `listenerd check`: says what is wrong with a configuration.
enum CheckCommand: Subcommand {
    static let name = "check"
    static let summary = "say what is wrong with a configuration, before it runs"
    static let explanation = [
        """
        Each finding is a line on standard output, FILE:LINE: error: … or FILE:LINE: warning: …, in the order of files \
        and lines. An error keeps something from working: supervisord refuses the file, a program is never started, \
        or a listener does not get what it needs. Nothing is printed where nothing is wrong.
        """,
        CompositionOptions.explanation,
        "Status: 0; 65 where there is an error, or no configuration.",
    ]
    static let options: [any OptionDeclaration] = [ListenerOptions.config] + CompositionOptions.all

    static func run(_ options: OptionValues, _ output: inout CommandOutput) throws -> ExitStatus {
        let found = try LoadedPlan.find(options, &output)
        return try report(to: &output) { try LoadedPlan(found, options) }
    }

    /// Prints what is wrong with a configuration.
    ///
    /// - Parameters:
    ///   - output: Where to.
    ///   - load: Reads the configuration.
    /// - Returns: The status to end with.
    /// - Throws: What reading it has thrown, unless that is about a line.
    static func report(to output: inout CommandOutput, on load: () throws -> LoadedPlan) throws -> ExitStatus {
        let loaded: LoadedPlan
        do {
            loaded = try load()
        } catch {
            guard let problem = ConfigurationProblem(error) else {
                throw error
            }
            // One more finding, where others are looked for; without it there are no others.
            output.print(line: problem.printed)
            return .configuration
        }
        var findings = Findings(loaded)
        let startup = StartupCheck(loaded)
        ServerCheck(loaded.configuration, lacksStarter: startup.lacksStarter).check(&findings)
        startup.check(&findings)
        DuplicateHandlerCheck(loaded.configuration).check(&findings)
        for listener in loaded.configuration.eventListeners {
            ListenerCheck(listener, loaded)?.check(&findings)
        }
        for problem in findings.sorted {
            output.print(line: problem.printed)
        }
        return findings.all.exitStatus
    }
}

extension ConfigurationProblem {
    /// The line that an error is about; nil where it is about none.
    fileprivate init?(_ error: any Error) {
        switch error {
        case ConfigurationError.malformed(let location, let line): self.init(.error, at: location, line.description)
        case ConfigurationError.unreadable(let error, let location?):
            self.init(.error, at: location, "\(error); \(error.advice)")
        case let problem as ConfigurationProblem: self = problem
        default: return nil
        }
    }
}
