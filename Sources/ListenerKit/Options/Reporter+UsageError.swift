extension Reporter {
    /// Reports that the command line cannot be carried out, in the form of swift-argument-parser's errors.
    ///
    /// - Parameters:
    ///   - error: What is wrong with it.
    ///   - command: What was called, and has a `--help`; nil for the program.
    ///   - usage: How that is called, as one line without a newline; nil to leave that to the help.
    func report(_ error: UsageError, command: String? = nil, usage: String? = nil) {
        let advice = "See '\(command ?? program) --help' for more information."
        report(
            .error,
            "\(error) (\(advice))",
            asText: "\(program): Error: \(error)",
            details: (usage.map { "\($0)\n" } ?? "") + "  \(advice)\n"
        )
    }
}
