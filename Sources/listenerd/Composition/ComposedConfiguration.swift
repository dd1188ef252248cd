import ListenerKit

/// A configuration composed of a base, roles, and added sections.
struct ComposedConfiguration: Sendable {
    /// The main file, which includes the others; nil if the base needs no other main file.
    let text: String?
    /// The file beside the main file that it includes last, because its options replace those of programs; nil if there are none.
    let replacements: String?
    /// The whole configuration as supervisord reads it, with the locations in the files that the user has written.
    let configuration: SupervisorConfiguration
    /// The paths of the files that it is composed of.
    let sources: [String]
    /// Whether there are roles that are not part of it, to which a name that is unknown here may belong.
    let leavesRolesOut: Bool

    /// The name of the event listener that is added for the selected handlers.
    static let listenerName = "listenerd"
    /// The name of the main file.
    static let fileName = "supervisord.conf"
    /// The name of the file with ``replacements``.
    static let replacementsName = "output.conf"
}
