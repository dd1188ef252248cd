/// What a subcommand prints, gathered to be written in one go.
package struct CommandOutput: Sendable {
    /// For standard output.
    package private(set) var standard: [UInt8] = []
    /// For standard error.
    package private(set) var errors: [UInt8] = []

    /// Nothing yet.
    package init() {}

    /// Prints to standard output.
    ///
    /// - Parameter text: The text, with its newlines.
    package mutating func print(_ text: some Sequence<UInt8>) {
        standard.append(contentsOf: text)
    }

    /// Prints a line to standard output.
    ///
    /// - Parameter line: The line, without its newline.
    package mutating func print(line: String) {
        standard.append(contentsOf: line.utf8)
        standard.append(UInt8(ascii: "\n"))
    }

    /// Prints a line to standard error.
    ///
    /// - Parameter line: The line, without its newline.
    package mutating func complain(line: String) {
        errors.append(contentsOf: line.utf8)
        errors.append(UInt8(ascii: "\n"))
    }

    /// Writes all of it; what a reader has no use for, since it has closed its end, is lost in silence.
    ///
    /// - Throws: ``SystemError``.
    package func write() throws(SystemError) {
        surviveFailedWrites()
        try? writeAll(errors, to: 2)
        do {
            try writeAll(standard, to: 1)
        } catch {
            guard error.isBrokenPipe else {
                throw error
            }
        }
    }
}
