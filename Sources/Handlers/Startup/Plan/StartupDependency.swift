package import ListenerKit

/// Something that a program waits for.
package struct StartupDependency: Sendable {
    /// What is waited for, by its index among the plan's parents.
    package let parent: Int
    /// What that must have reached; any of it.
    package let conditions: StartupConditions
    /// Whether a parent that has failed holds nobody back.
    package let isOptional: Bool
    /// The line that says so.
    package let location: ConfigurationLocation
}
