/// A subcommand that needs to know the program: its name, and its handlers.
package protocol ProgramSubcommand: Subcommand {
    /// Carries out the task.
    ///
    /// - Parameters:
    ///   - options: The options that were given.
    ///   - output: Collects what is to be printed.
    ///   - program: The program.
    /// - Returns: The status that the program ends with.
    /// - Throws: Anything; it is printed, and decides the status.
    static func run(_ options: OptionValues, _ output: inout CommandOutput, of program: Program) throws -> ExitStatus
}

extension ProgramSubcommand {
    /// Carries out the task for a program without a name.
    package static func run(_ options: OptionValues, _ output: inout CommandOutput) throws -> ExitStatus {
        try run(options, &output, of: Program())
    }
}
