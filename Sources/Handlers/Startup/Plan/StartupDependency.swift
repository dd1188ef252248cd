package import ListenerKit

/// Something that a program waits for.
package struct StartupDependency: Sendable {
    /// The dependency's index among the plan's parents.
    package let parent: Int
    /// The conditions, one of which the parent must have reached.
    package let conditions: StartupConditions
    /// Whether the program starts all the same if the parent has failed.
    package let isOptional: Bool
    /// The line of the configuration that says so.
    package let location: ConfigurationLocation
}

extension StartupDependency {
    /// Whether nothing but a parent that is up and ready will do.
    var needsReady: Bool { conditions == .running }
}
