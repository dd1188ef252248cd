/// The rules about a listener's section, which hold for every program that is built with ListenerKit.
extension ConfigurationRule {
    /// A command line that the listener itself rejects.
    package static let listenerCommand = ConfigurationRule(
        "listener-command",
        .error,
        "a listener whose command line is wrong",
        reason: "The listener exits as soon as it starts, until supervisord gives up."
    )
    /// Events that a handler needs.
    package static let missingEvents = ConfigurationRule(
        "missing-events",
        .warning,
        "events that a listener's handlers need, and that its events= does not have",
        reason: "supervisord sends a listener nothing but the events in events=."
    )
    /// Events that arrive more than once.
    package static let repeatedEvents = ConfigurationRule(
        "repeated-events",
        .warning,
        "an event that events= has twice, by its own name and by a wider one",
        reason: "supervisord sends it once for each name."
    )
    /// A buffer that overflows when supervisord starts.
    package static let smallBuffer = ConfigurationRule(
        "small-buffer",
        .warning,
        "a buffer_size that cannot hold the events of the start",
        reason: "Past it supervisord drops the oldest events, and says so only in its own log."
    )
    /// A handler that calls supervisord, which answers no calls.
    static let uncallableServer = ConfigurationRule(
        "uncallable-server",
        .error,
        "a handler that calls supervisord, in a configuration without a server or an RPC interface",
        reason: "Every call of the handler fails."
    )
    /// A program that no listener runs.
    static let unusedListener = ConfigurationRule(
        "unused-listener",
        .warning,
        "a configuration in which no listener runs this program",
        reason: "supervisord starts nothing but what has a section."
    )
}
