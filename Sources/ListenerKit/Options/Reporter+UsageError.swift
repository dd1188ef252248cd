extension Reporter {
    /// Reports a usage error, in the form of swift-argument-parser's errors.
    ///
    /// - Parameters:
    ///   - error: The error.
    ///   - command: The command whose `--help` to refer to; nil for the program.
    ///   - usage: Its usage line, without a newline; nil to leave that to the help.
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
