/// A configuration that was put together from a base, roles, and what was added.
package struct ComposedConfiguration: Sendable {
    /// The main file, which includes the others; nil where the base runs as it is.
    package let text: String?
    /// All of it as supervisord reads it, with the lines at which it was written.
    package let configuration: SupervisorConfiguration
    /// The files from which something is in it.
    package let sources: [String]
    /// Whether there are roles that are not in it, of which what else is said may be meant.
    package let leavesRolesOut: Bool

    /// How the main file begins, by which it is known again.
    static let firstLine = "; Composed by listenerd supervise for one run."
    /// What the main file is called.
    package static let fileName = "supervisord.conf"
}
