package import ListenerKit

extension FatalExit {
    /// Reports what is wrong with the choice of programs, and what cannot be judged without supervisord or its configuration.
    func reportWhatIsMissing(
        _ triggers: [ShutdownTrigger],
        _ supervisor: Result<Supervisor, NoSupervisorError>,
        _ configuration: Result<SupervisorConfiguration, ConfigurationError>
    ) {
        switch configuration {
        case .success(let configuration):
            for (severity, message) in Self.problems(ofProgramsIn: context.request, configuration) {
                context.reporter.report(severity == .error ? .error : .warning, message)
            }
        case .failure(let error):
            var losses = ["--\(Self.name) takes other listeners for programs"]
            if triggers.contains(.exit) || triggers.contains(.unexpectedExit) {
                losses.append("misses what exited before it was started")
            }
            if triggers.contains(.allExited) {
                losses.append("cannot tell whether all have exited")
            }
            context.reporter.report(.warning, "\(error); therefore \(losses.joined(separator: ", "))")
        }
        if triggers.contains(.allExited), case .failure(let error) = supervisor {
            context.reporter.report(.warning, "\(error); therefore --\(Self.name) cannot tell whether all have exited")
        }
    }

    /// Checks the choice of programs; finds nothing if this handler is not selected.
    ///
    /// - Parameters:
    ///   - request: What the listener is asked for.
    ///   - configuration: supervisord's configuration.
    /// - Returns: A warning for each pattern that names nothing, and an error if nothing is left, as sentences without a full
    ///   stop.
    package static func problems(
        ofProgramsIn request: ListenRequest,
        _ configuration: SupervisorConfiguration
    ) -> [(severity: ConfigurationProblem.Severity, message: String)] {
        guard request.handlers.contains(where: { $0.name == name }) else {
            return []
        }
        let selection = request.value(of: ShutdownOptions.programs, handler: name)
        let processes = configuration.programs.flatMap { $0.processes }
        let option = "--\(name)-\(ShutdownOptions.programs.name)"
        var problems: [(severity: ConfigurationProblem.Severity, message: String)] = []
        for pattern in selection.patterns where !processes.contains(where: { pattern.names($0) }) {
            let group = ProgramPattern(isExclusion: pattern.isExclusion, group: pattern.group, process: nil)
            let isGroup = processes.contains { group.names($0) }
            let what =
                isGroup
                ? "is no process but a group; write '\(group.optionText)' for all of it"
                : "is no program or group in \(configuration.basePath)" + suggestion(for: pattern, among: processes)
            problems.append((.warning, "'\(pattern.optionText)' in \(option) \(what)"))
        }
        // To exclude all of them is a choice too.
        if selection.patterns.contains(where: { !$0.isExclusion }),
            !processes.contains(where: { selection.contains($0) })
        {
            problems.append((.error, "\(option) names no program, so none can shut down supervisord"))
        }
        return problems
    }

    /// Asks whether another name was meant that is spelled much like one that does not exist; empty if there is none.
    private static func suggestion(for pattern: ProgramPattern, among processes: [ProcessName]) -> String {
        let names = processes.map { $0.description } + processes.map { "\($0.group):*" }
        let typed = pattern.optionText.drop { $0 == "!" }
        return Suggestion.nearest(to: String(typed), among: names).map { "; did you mean '\($0)'?" } ?? ""
    }
}
