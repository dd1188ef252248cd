import ListenerKit

/// `listenerd check`: prints the problems of configurations.
enum CheckCommand: Subcommand {
    private static let rules = Option<Bool>(flag: "rules", help: "print a table of all rules and exit")

    static let name = "check"
    static let summary = "find the problems of a configuration before it runs"
    static let explanation = [
        """
        Prints one line for each problem, FILE:LINE: error|warning|note: … [rule], in the order of files and \
        lines. An error keeps something from working: supervisord rejects the configuration, a program never starts, or a \
        listener does not get what it needs. A note is something to know. If nothing is wrong, nothing is printed.
        """,
        """
        A FILE with [supervisord] is a configuration, with the files that it includes. Other ones are fragments: those of a \
        folder with the same suffix are read together, and nothing is said about what other files may have. '-' is \
        standard input. Without FILE, supervisord's configuration is found as it is by supervisord.
        """,
        "A comment '; listenerd: disable=RULE,...' at the end of a line, or directly above it, disables rules for the line.",
        CompositionOptions.explanation,
    ]
    static let exitStatus: String? = "0; 65 if there is an error, or no configuration."
    static let notes = ManualNotes(
        environment: CompositionOptions.environment,
        files: CompositionOptions.files,
        examples: [
            ("Fail for warnings too:", "listenerd check --strict supervisord.conf"),
            ("Check files that another one includes:", "listenerd check conf.d/web.conf conf.d/worker.conf"),
        ]
    )
    static let options: [any OptionDeclaration] =
        [ListenerOptions.config] + CompositionOptions.all + [EnvironmentFile.option] + CheckSettings.options + [rules]
    static let arguments: String? = "FILE..."
    static let argumentKind = ValueKind.file

    static func run(_ options: OptionValues, _ output: inout CommandOutput) throws -> ExitStatus {
        guard options.arguments.isEmpty || options[ListenerOptions.config] == nil else {
            let option = ListenerOptions.config.name
            throw UsageError.other("'--\(option)' and FILE cannot be combined; name all files as FILE")
        }
        guard !options[rules] else {
            output.print(RuleTable.text)
            return .success
        }
        var check = ConfigurationCheck(CheckSettings(options))
        if options.arguments.isEmpty {
            let found = try LoadedPlan.find(options, &output)
            try check.add { files in
                try LoadedPlan(file: found.file, options, files.inputs(environment: found.environment))
            }
        } else {
            try check.add(options.arguments, options)
        }
        return check.report(to: &output)
    }
}
