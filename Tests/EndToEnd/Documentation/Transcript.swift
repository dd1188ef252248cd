import Testing

/// A block of commands, each after `$ `, with what they print.
struct Transcript {
    /// A command with what it prints.
    struct Step {
        /// The command; of one that runs while the others do, without its `&`.
        var command: String
        /// What it prints.
        var output: [String] = []

        /// Whether it runs while the others do.
        var isBackground: Bool { command.hasSuffix(" &") }
    }

    /// The commands in their order.
    private(set) var steps: [Step] = []

    /// Reads the lines of a block.
    ///
    /// A command whose line ends with a backslash continues on the next one.
    init(_ lines: [String]) throws {
        var isContinued = false
        for line in lines {
            if isContinued {
                steps[steps.count - 1].command += "\n\(line)"
            } else if let command = line.after("$ ") {
                steps.append(Step(command: command))
            } else {
                try #require(!steps.isEmpty, "a block of commands begins with '$ '")
                steps[steps.count - 1].output.append(line)
            }
            isContinued = line.hasSuffix("\\") && (isContinued || line.hasPrefix("$ "))
        }
        try #require(!steps.isEmpty, "a block of commands has none")
    }
}
