import ListenerKit

/// A configuration that was put together from a base, roles, and what was added.
struct ComposedConfiguration: Sendable {
    /// The main file, which includes the others; nil where the base runs as it is.
    let text: String?
    /// All of it as supervisord reads it, with the lines at which it was written.
    let configuration: SupervisorConfiguration
    /// The files from which something is in it.
    let sources: [String]
    /// Whether there are roles that are not in it, of which what else is said may be meant.
    let leavesRolesOut: Bool

    /// The name of the event listener that is added for the handlers.
    static let listenerName = "listenerd"
    /// What the main file is called.
    static let fileName = "supervisord.conf"
}
