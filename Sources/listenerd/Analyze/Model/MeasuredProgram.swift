import Handlers

/// A program of a startup that was measured, and what it waited for.
struct MeasuredProgram {
    /// Something that it waited for.
    struct Dependency {
        /// The name of the parent, as the configuration has it.
        let parent: String
        /// The parent's processes, by their indices.
        let processes: [Int]
        /// The conditions, one of which all of these have to reach.
        let conditions: StartupConditions
        /// Whether the program starts all the same if the parent has failed.
        let isOptional: Bool
    }

    /// The name of its section.
    let name: String
    /// Its processes, by their indices.
    let processes: [Int]
    /// Whether ordered startup starts it.
    let isManaged: Bool
    /// What it waited for.
    var dependencies: [Dependency]
}
