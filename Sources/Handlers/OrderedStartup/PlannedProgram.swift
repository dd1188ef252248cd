import ListenerKit

/// A program as far as the order of starts is concerned.
struct PlannedProgram: Sendable {
    /// The name of its section.
    let name: String
    /// Its processes; a program counts as having reached what all of them have reached.
    let processes: [ProcessName]
    /// Whether it is started here; else supervisord starts it itself, and others may wait for it all the same.
    let isManaged: Bool
    /// What goes first where several programs can be started at once: the lower one.
    let priority: Int
    /// The seconds for which a process has to be up to be RUNNING.
    let startSeconds: Int
    /// The statuses with which a process is expected to end.
    let exitCodes: [Int]
    /// What it waits for; all of it.
    let dependencies: [Dependency]

    /// Something that a program waits for.
    struct Dependency: Sendable {
        /// The index of the program that is waited for.
        let parent: Int
        /// What that program must reach; any of it.
        let conditions: StartupConditions
    }
}
