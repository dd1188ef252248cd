/// Reads the keys of `[eventlistener:x]` that apply to the whole pool.
struct EventListenerReader {
    /// All names that are valid in `events=`.
    private static let eventNames: Set<String> = [
        "EVENT", "PROCESS_STATE", "PROCESS_STATE_STOPPED", "PROCESS_STATE_EXITED", "PROCESS_STATE_STARTING",
        "PROCESS_STATE_STOPPING", "PROCESS_STATE_BACKOFF", "PROCESS_STATE_FATAL", "PROCESS_STATE_RUNNING",
        "PROCESS_STATE_UNKNOWN", "PROCESS_COMMUNICATION", "PROCESS_COMMUNICATION_STDOUT",
        "PROCESS_COMMUNICATION_STDERR", "PROCESS_LOG", "PROCESS_LOG_STDOUT", "PROCESS_LOG_STDERR",
        "REMOTE_COMMUNICATION", "SUPERVISOR_STATE_CHANGE", "SUPERVISOR_STATE_CHANGE_RUNNING",
        "SUPERVISOR_STATE_CHANGE_STOPPING", "TICK", "TICK_5", "TICK_60", "TICK_3600", "PROCESS_GROUP",
        "PROCESS_GROUP_ADDED", "PROCESS_GROUP_REMOVED",
    ]

    private var reader: SectionReader

    /// Reads a pool.
    ///
    /// - Parameters:
    ///   - section: The section, with the names that every section can refer to.
    ///   - program: The part that it has in common with a program.
    ///   - allowsOtherEvents: Whether a plug-in may define other events.
    /// - Returns: The pool, with defaults in place of invalid values, and the problems.
    static func read(
        _ section: ConfigurationSection,
        program: ProgramConfiguration,
        allowsOtherEvents: Bool
    ) -> (listener: EventListenerConfiguration, problems: [ConfigurationProblem]) {
        var this = EventListenerReader(reader: SectionReader(section))
        let listener = EventListenerConfiguration(
            program: program,
            events: this.readEvents(allowsOtherEvents: allowsOtherEvents),
            eventsLocation: section.option("events")?.location ?? section.location,
            bufferSize: this.readBufferSize(),
            groupPriority: this.reader.value("priority", as: .integer) ?? -1
        )
        this.readSyntax(program)
        return (listener, this.reader.problems)
    }

    private mutating func readEvents(allowsOtherEvents: Bool) -> [String] {
        let events = reader.list("events").map(\.asciiUppercased)
        if events.isEmpty {
            reader.report(.missingKey, "events", "must name the events to listen to")
        }
        for event in events where !Self.eventNames.contains(event) {
            guard !event.isEmpty else {
                reader.report(.unknownEvent, "events", "has a comma without a name; remove the comma")
                continue
            }
            let suggestion = EventKind.nearest(to: event).map { "; did you mean \($0.rawValue)?" } ?? ""
            reader.report(
                .unknownEvent,
                "events",
                "names \(event.quoted), which is not a supervisord event\(suggestion)",
                severity: allowsOtherEvents ? .warning : nil
            )
        }
        return events
    }

    private mutating func readBufferSize() -> Int {
        let size = reader.value("buffer_size", as: .integer) ?? 10
        if size < 1 {
            reader.report(.invalidValue, "buffer_size", "must be at least 1, not \(size)")
        }
        return max(1, size)
    }

    private mutating func readSyntax(_ program: ProgramConfiguration) {
        _ = reader.value("result_handler", as: .nonEmpty)
        if reader.value("redirect_stderr", as: .boolean) == true {
            reader.report(
                .invalidValue,
                "redirect_stderr",
                "must not be true: what a listener writes to standard error would break its protocol"
            )
        }
    }
}
