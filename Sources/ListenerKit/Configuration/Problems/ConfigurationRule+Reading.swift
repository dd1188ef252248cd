/// The rules that are applied while a configuration is read: supervisord's own, most of them.
extension ConfigurationRule {
    /// All rules of this file, in the order of their documentation.
    package static let reading = [
        syntax, unreadableFile, missingSection, missingKey, invalidValue, invalidName, invalidExpansion, unsetVariable,
        insertedEnvironment, unknownEvent, unknownProgram, ambiguousProgram, rpcInterface, repeatedKey, repeatedGroup,
        emptyInclude, skippedFile,
    ]

    static let syntax = ConfigurationRule(
        "syntax",
        .error,
        "a line that is neither a section header, nor a comment, nor key = value, or is not UTF-8",
        reason: "supervisord rejects the file and does not start."
    )
    package static let unreadableFile = ConfigurationRule(
        "unreadable-file",
        .error,
        "a file that cannot be read; an included one only if supervisord does not skip it",
        reason: "supervisord does not start, or waits forever for the end of a pipe."
    )
    static let missingSection = ConfigurationRule(
        "missing-section",
        .error,
        "a configuration without [supervisord]",
        reason: "supervisord rejects the file and does not start.",
        basis: .allFiles
    )
    static let missingKey = ConfigurationRule(
        "missing-key",
        .error,
        "a section without a key that it must have, such as command=",
        reason: "supervisord rejects the file and does not start."
    )
    static let invalidValue = ConfigurationRule(
        "invalid-value",
        .error,
        "a value that supervisord does not accept for its key",
        reason: "supervisord rejects the file and does not start."
    )
    static let invalidName = ConfigurationRule(
        "invalid-name",
        .error,
        "a space, colon or slash in the name of a program, group or process",
        reason: "supervisord rejects the file and does not start."
    )
    static let invalidExpansion = ConfigurationRule(
        "invalid-expansion",
        .error,
        "a % that does not begin %(name)s with a name that is defined for the key",
        reason: "supervisord rejects the file and does not start. A percent sign is written %%."
    )
    /// A variable in `%(ENV_x)s` that is not set.
    package static let unsetVariable = ConfigurationRule(
        "unset-variable",
        .error,
        "an environment variable in %(ENV_x)s that is not set",
        reason: "supervisord does not start in such an environment, and has no syntax for a default value."
    )
    static let insertedEnvironment = ConfigurationRule(
        "inserted-environment",
        .warning,
        "%s without a name",
        reason: "supervisord inserts all names and values, the whole environment among them."
    )
    static let unknownEvent = ConfigurationRule(
        "unknown-event",
        .error,
        "a name in events= that is not an event of supervisord",
        reason: "supervisord rejects the file and does not start, unless a plug-in defines the event."
    )
    static let unknownProgram = ConfigurationRule(
        "unknown-program",
        .error,
        "a group that names a program that does not exist",
        reason: "supervisord rejects the file and does not start.",
        basis: .allFiles
    )
    static let ambiguousProgram = ConfigurationRule(
        "ambiguous-program",
        .error,
        "a group that names a program of which there are two, one of them an fcgi-program",
        reason: "supervisord rejects the file and does not start."
    )
    static let rpcInterface = ConfigurationRule(
        "rpc-interface",
        .error,
        "an RPC interface that supervisord cannot make",
        reason: "supervisord does not start if it has a server section, or it answers no calls."
    )
    /// A key that is set more than once in a section.
    package static let repeatedKey = ConfigurationRule(
        "repeated-key",
        .warning,
        "a key that is set more than once in a section, perhaps in different files",
        reason: "Only the last value counts: supervisord merges sections of one name silently."
    )
    static let repeatedGroup = ConfigurationRule(
        "repeated-group",
        .warning,
        "a program or group with the name of another group",
        reason: "supervisord keeps only one of the two, and never starts the other."
    )
    static let emptyInclude = ConfigurationRule(
        "empty-include",
        .warning,
        "a pattern in [include] that no file matches",
        reason: "supervisord ignores it silently, and starts without the programs that it should bring."
    )
    static let skippedFile = ConfigurationRule(
        "skipped-file",
        .warning,
        "an included file that supervisord cannot open",
        reason: "supervisord skips it silently, and starts without the programs in it."
    )
}
