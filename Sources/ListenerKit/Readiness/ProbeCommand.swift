/// A command that shows, by its status, whether a program is ready.
package struct ProbeCommand: Hashable, Sendable {
    /// The words of the command, the program first; no shell reads them.
    package let arguments: [String]
    /// `user=` of the program; nil if it has none.
    package let user: String?
    /// `directory=` of the program; nil if it has none.
    package let directory: String?
    /// `environment=` of the program, and its names.
    package let environment: [String: String]

    /// Describes a command.
    package init(arguments: [String], user: String?, directory: String?, environment: [String: String]) {
        self.arguments = arguments
        self.user = user
        self.directory = directory
        self.environment = environment
    }
}
