import ListenerKit

/// The options with which supervisord passes all that programs write to a listener, and writes no logs of its own.
///
/// What a program says itself is kept, in its section, in `[DEFAULT]` or in common options.
struct StreamedPrograms: Sendable {
    /// A section for each program, whose options the program's own may replace.
    private(set) var defaults: [GeneratedSection] = []
    /// A section for each program some of whose own options must be replaced.
    private(set) var replacements: [GeneratedSection] = []

    /// Finds the options.
    ///
    /// - Parameters:
    ///   - configuration: The composed configuration without them.
    ///   - isReplacingStreams: Whether the stream takes the place of what programs write to the standard streams of supervisord, by
    ///     `stdout_logfile=/dev/stdout`: their lines would come twice.
    init(_ configuration: SupervisorConfiguration, isReplacingStreams: Bool) {
        for program in configuration.programs {
            add(program, isReplacingStreams)
        }
    }

    private mutating func add(_ program: ProgramConfiguration, _ isReplacingStreams: Bool) {
        var added: [GeneratedSection.Option] = []
        var replaced: [GeneratedSection.Option] = []
        let channels = [
            ("stdout", program.stdoutEventsEnabled, program.stdoutLog),
            ("stderr", program.stderrEventsEnabled, program.stderrLog),
        ]
        // With redirect_stderr, all of it is standard output.
        for (channel, isEnabled, log) in channels.prefix(program.redirectsStderr ? 1 : 2) {
            let (events, logFile) = ("\(channel)_events_enabled", "\(channel)_logfile")
            let saysNothing = program.location(ofKey: events) == nil
            if saysNothing {
                added.append(GeneratedSection.Option(key: events, text: "true", location: program.location))
            }
            guard saysNothing || isEnabled else {
                continue
            }
            let location = program.location(ofKey: logFile)
            if location == nil {
                added.append(GeneratedSection.Option(key: logFile, text: "NONE", location: program.location))
            } else if isReplacingStreams, case .file(let path) = log, StandardStream(path: path) != nil {
                replaced.append(GeneratedSection.Option(key: logFile, text: "NONE", location: location))
            }
        }
        defaults.append(GeneratedSection(program.sectionName, added, location: program.location))
        if !replaced.isEmpty {
            replacements.append(GeneratedSection(program.sectionName, replaced, location: program.location))
        }
    }
}
