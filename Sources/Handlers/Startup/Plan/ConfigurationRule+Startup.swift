package import ListenerKit

/// The rules about the order of starts.
extension ConfigurationRule {
    /// All rules of this file, in the order of their documentation.
    package static let ofStartup = [
        unknownParent, dependencyCycle, repeatedProcess, malformedGate, doubtfulParent, unknownState,
        unreachableCondition, quickEnd, autostartedInOrder, endOfLine, ineffectiveKey, unknownKey,
    ]

    static let unknownParent = ConfigurationRule(
        "unknown-parent",
        .error,
        "a program that waits for one that does not exist",
        reason: "The program never starts.",
        basis: .allFiles
    )
    static let dependencyCycle = ConfigurationRule(
        "dependency-cycle",
        .error,
        "programs that wait for each other, or a program that waits for itself",
        reason: "None of them ever starts."
    )
    static let repeatedProcess = ConfigurationRule(
        "repeated-process",
        .error,
        "two processes of one name in one group",
        reason: "supervisord keeps only one of the two, and never starts the other."
    )
    static let malformedGate = ConfigurationRule(
        "malformed-gate",
        .error,
        "a line of ready=, or a ready_timeout=, that cannot be read",
        reason: "Such a gate never passes: the program never becomes ready, and what waits for it never starts."
    )
    static let doubtfulParent = ConfigurationRule(
        "doubtful-parent",
        .warning,
        "a dependency on something that does not exist, and that is ignored",
        reason: "The program starts without waiting, although a misspelled name was probably meant.",
        basis: .allFiles
    )
    static let unknownState = ConfigurationRule(
        "unknown-state",
        .warning,
        "a word that is not a state or condition that a program can wait for",
        reason: "It is ignored, or keeps the program from starting."
    )
    static let unreachableCondition = ConfigurationRule(
        "unreachable-condition",
        .warning,
        "a condition that the parent never meets as it is configured",
        reason: "What waits for it never starts."
    )
    static let quickEnd = ConfigurationRule(
        "quick-end",
        .warning,
        "a task whose end others wait for, with startsecs above 0",
        reason: """
            A program that ends before startsecs are over has failed to start, for supervisord, whatever its status: it is \
            started again, and FATAL in the end.
            """
    )
    static let autostartedInOrder = ConfigurationRule(
        "autostarted-in-order",
        .warning,
        "a program with a place in the order that does not have autostart=false",
        reason: "supervisord starts it at once, before what it waits for."
    )
    static let endOfLine = ConfigurationRule(
        "end-of-line",
        .warning,
        "a program without startinorder=true before the last one of a line",
        reason: "The line ends there: the programs after it never start."
    )
    /// A key that has no effect.
    package static let ineffectiveKey = ConfigurationRule(
        "ineffective-key",
        .warning,
        "a key that has no effect where it is, or without another one",
        reason: "It looks as if it did something."
    )
    /// A key that nothing reads; here those that are probably misspelled ones of the order of starts.
    package static let unknownKey = ConfigurationRule(
        "unknown-key",
        .warning,
        "a key that nothing reads",
        reason: "supervisord ignores such keys silently, so that a misspelled one leaves the default value in force.",
        basis: .keys
    )
}
