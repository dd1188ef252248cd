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
                losses.append("does not see what exited before it started")
            }
            if triggers.contains(.allExited) {
                losses.append("cannot tell whether all have exited")
            }
            context.reporter.report(.warning, "\(error); without a configuration, \(losses.joined(separator: ", "))")
        }
        if triggers.contains(.allExited), case .failure(let error) = supervisor {
            context.reporter.report(
                .warning,
                "\(error); without RPC, --\(Self.name) cannot tell whether all have exited"
            )
        }
    }

    /// Checks the choice of programs; finds nothing if this handler is not selected.
    ///
    /// - Parameters:
    ///   - request: What the listener is asked for.
    ///   - configuration: supervisord's configuration.
    /// - Returns: A warning for each pattern that names nothing; one error instead if nothing is left. They are sentences
    ///   without a full stop.
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
        let unknown = selection.patterns.filter { pattern in !processes.contains { pattern.names($0) } }
        let messages = unknown.map { pattern in
            let group = ProgramPattern(isExclusion: pattern.isExclusion, group: pattern.group, process: nil)
            let isGroup = processes.contains { group.names($0) }
            let what =
                isGroup
                ? "is a group, not a process; write '\(group.optionText)' for all of it"
                : "is not a program or group in \(configuration.basePath)" + suggestion(for: pattern, among: processes)
            return "'\(pattern.optionText)' in \(option) \(what)"
        }
        // To exclude all of them is a choice too.
        let isEmpty = selection.patterns.contains { !$0.isExclusion } && !processes.contains { selection.contains($0) }
        guard isEmpty else {
            return messages.map { (.warning, $0) }
        }
        let reason = messages.isEmpty ? "\(option) excludes all that it names" : messages.joined(separator: ", and ")
        return [(.error, "nothing can shut down supervisord: \(reason)")]
    }

    /// Asks whether another name was meant that is spelled much like one that does not exist; empty if there is none.
    private static func suggestion(for pattern: ProgramPattern, among processes: [ProcessName]) -> String {
        let names = processes.map { $0.description } + processes.map { "\($0.group):*" }
        let typed = pattern.optionText.drop { $0 == "!" }
        return Suggestion.nearest(to: String(typed), among: names).map { "; did you mean '\($0)'?" } ?? ""
    }
}
