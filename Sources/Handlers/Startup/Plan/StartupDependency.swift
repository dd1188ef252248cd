package import ListenerKit

/// Something that a program waits for.
package struct StartupDependency: Sendable {
    /// What it waits for, by its index among the plan's parents.
    package let parent: Int
    /// What the parent must have reached; any of it.
    package let conditions: StartupConditions
    /// Whether the program starts all the same if the parent has failed.
    package let isOptional: Bool
    /// The line of the configuration that says so.
    package let location: ConfigurationLocation
}
