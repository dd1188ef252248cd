/// An `[eventlistener:x]`: a pool of processes that supervisord sends events to.
public struct EventListenerConfiguration: Sendable {
    /// The part that it has in common with a program: command, processes, `startsecs` and so on.
    public let program: ProgramConfiguration
    /// `events`: the names in upper case, in the order given.
    public let events: [String]
    /// The location of `events`, or of the section's header if the key is missing.
    public let eventsLocation: ConfigurationLocation
    /// `buffer_size`: the number of events that supervisord keeps for the pool before it drops the oldest.
    public let bufferSize: Int
    /// The priority of the pool among the groups: by default -1, so that listeners start first.
    public let groupPriority: Int
    /// Whether the listener that reads this configuration runs in it, as ``Context/configuration()`` says.
    public internal(set) var isThisListener = false

    /// The name after the colon.
    public var name: String { program.name }
}
