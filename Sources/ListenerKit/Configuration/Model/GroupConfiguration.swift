/// A process group: a `[group:x]`, or the group of its own that any other section with processes makes.
public struct GroupConfiguration: Hashable, Sendable {
    /// The name, which is the part before the colon in the names of its processes.
    public let name: String
    /// The priority among the groups.
    public let priority: Int
    /// The location of the section that makes the group.
    public let location: ConfigurationLocation
    /// Its processes, in the order in which supervisord starts them by itself.
    public let processes: [ProcessName]
    /// The locations of the keys of its `[group:x]`, which are in lower case; empty if another section makes it.
    package let keys: [String: ConfigurationLocation]
}
