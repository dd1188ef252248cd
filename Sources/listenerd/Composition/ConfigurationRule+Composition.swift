import ListenerKit

/// The rules about what `supervise` composes.
extension ConfigurationRule {
    /// All rules of this file, in the order of their documentation.
    static let ofComposition = [roleConflict, reservedSection, repeatedHandler, fatalExitPrograms]

    static let roleConflict = ConfigurationRule(
        "role-conflict",
        .error,
        "a section that two of the chosen roles define differently",
        reason: "supervisord would merge the two silently."
    )
    static let reservedSection = ConfigurationRule(
        "reserved-section",
        .error,
        "an [eventlistener:listenerd] beside the one that supervise adds",
        reason: "supervisord would merge the two silently."
    )
    static let repeatedHandler = ConfigurationRule(
        "repeated-handler",
        .warning,
        "a handler that two listeners have",
        reason: "Everything would be done twice."
    )
    static let fatalExitPrograms = ConfigurationRule(
        "fatal-exit-programs",
        .error,
        "a name in --fatal-exit-programs that is not a program",
        reason: "The failure of the program that was meant does not shut down supervisord.",
        basis: .allFiles
    )
}
