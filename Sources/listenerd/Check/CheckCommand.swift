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
        "Status: 0; 65 where there is an error, or no configuration.",
    ]
    static let options: [any OptionDeclaration] = [ListenerOptions.config]

    static func run(_ options: OptionValues, _ output: inout CommandOutput) throws -> ExitStatus {
        let loaded: LoadedPlan
        do throws(ConfigurationError) {
            loaded = try LoadedPlan(named: options[ListenerOptions.config])
        } catch .malformed(let location, let line) {
            // One more finding, where others are looked for; without it there are no others.
            output.print(line: ConfigurationProblem(.error, at: location, line.description).description)
            return .configuration
        } catch {
            throw error
        }
        var findings = Findings(loaded)
        ServerCheck(loaded.configuration).check(&findings)
        StartupCheck(loaded).check(&findings)
        for listener in loaded.configuration.eventListeners {
            ListenerCheck(listener, loaded)?.check(&findings)
        }
        for problem in findings.sorted {
            output.print(line: problem.description)
        }
        return findings.all.exitStatus
    }
}
