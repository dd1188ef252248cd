import ListenerKit

/// How a configuration is to be checked, and its problems reported.
struct CheckSettings: Sendable {
    /// Whether supervisord is to run on this machine.
    var isThisMachine = false
    /// Whether variables that are not set here will be set when supervisord starts.
    var assumesEnvironment = false
    /// The longest time that supervisord may take to stop everything; nil for any.
    var stopTimeout: Duration?
    /// The rules by which no problem is reported.
    var disabledRules: [ConfigurationRule] = []
    /// Whether warnings lead to the exit status of errors.
    var isStrict = false
    /// How problems are printed.
    var format = CheckFormat.text
}

extension CheckSettings {
    private static let here = Option<Bool>(
        flag: "here",
        help: "supervisord is to run on this machine: users, groups and folders that do not exist are errors"
    )
    private static let assumeEnvironment = Option<Bool>(
        flag: "assume-environment",
        help: "variables that are not set here will be: nothing is said about them, or about values that contain one"
    )
    private static let stopWithin = Option<Duration?>(
        "stop-within",
        "seconds",
        help: "it is an error if it may take longer than this to stop everything"
    )
    private static let disable = Option<[CheckedRule]?>(
        "disable",
        "rules",
        help: "rules by which nothing is reported, separated by commas"
    )
    private static let strict = Option<Bool>(flag: "strict", help: "warnings lead to exit status 65 too")
    private static let outputFormat = Option<CheckFormat>("format", "format", help: "the output format", default: .text)

    static let options: [any OptionDeclaration] = [here, assumeEnvironment, stopWithin, disable, strict, outputFormat]

    /// Reads the options that were given.
    init(_ options: OptionValues) {
        isThisMachine = options[Self.here]
        assumesEnvironment = options[Self.assumeEnvironment]
        stopTimeout = options[Self.stopWithin]
        disabledRules = (options[Self.disable] ?? []).map { $0.rule }
        isStrict = options[Self.strict]
        format = options[Self.outputFormat]
    }
}
