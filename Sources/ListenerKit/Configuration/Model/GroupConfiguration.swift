/// A process group: a `[group:x]`, or the group that every other section with processes makes of its own.
public struct GroupConfiguration: Hashable, Sendable {
    /// The name, which comes before the colon in the names of its processes.
    public let name: String
    /// The priority among the groups.
    public let priority: Int
    /// Where the section begins that makes the group.
    public let location: ConfigurationLocation
    /// Its processes in the order in which supervisord starts them by itself.
    public let processes: [ProcessName]
    /// Where the keys of its `[group:x]` stand, in lower case; empty where another section makes it.
    package let keys: [String: ConfigurationLocation]
}
