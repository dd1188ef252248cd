/// A program as its subcommands see it: its name, and the handlers that can be selected.
package struct Program: Sendable {
    /// The name, in messages and in the commands of configurations.
    package let name: String
    /// The handlers that can be selected.
    package let handlers: [any Handler.Type]
    /// The tasks that the first argument can select instead of listening.
    package let subcommands: [any Subcommand.Type]
    /// The version that `--version` prints.
    package let version: String
    /// Reads the processes of the configuration that options name, or that is found without them, for completion.
    package let processes: ProcessReader

    /// Returns processes, those of a group one after the other.
    package typealias ProcessReader = @Sendable (OptionValues) throws -> [ProcessName]

    /// Describes a program.
    package init(
        name: String = "listener",
        version: String = "unknown",
        handlers: [any Handler.Type] = [],
        subcommands: [any Subcommand.Type] = [],
        processes: @escaping ProcessReader = { _ in [] }
    ) {
        self.name = name
        self.version = version
        self.handlers = handlers
        self.subcommands = subcommands
        self.processes = processes
    }

    /// Parses the arguments of a listener that runs the program.
    ///
    /// - Parameter arguments: The arguments, without the program's own name.
    /// - Returns: The handlers that they select, and all options.
    /// - Throws: ``UsageError`` if the program would not listen.
    package func request(_ arguments: [String]) throws(UsageError) -> ListenRequest {
        switch try CommandLineParser(handlers: handlers).parse(arguments) {
        case .listen(let request): return request
        case .help, .version: throw .other("'--help' and '--version' print something and exit, instead of listening")
        }
    }
}
