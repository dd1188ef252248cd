/// The output of a subcommand, collected to be written at once when it ends.
public struct CommandOutput: Sendable {
    /// The bytes for standard output.
    package private(set) var standard: [UInt8] = []
    /// The bytes for standard error.
    package private(set) var errors: [UInt8] = []

    /// Begins with no output.
    public init() {}

    /// Adds text to standard output.
    ///
    /// - Parameter text: The text in UTF-8, with its newlines.
    public mutating func print(_ text: some Sequence<UInt8>) {
        standard.append(contentsOf: text)
    }

    /// Adds a line to standard output.
    ///
    /// - Parameter line: The line, without its newline.
    public mutating func print(line: String) {
        standard.append(contentsOf: line.utf8)
        standard.append(UInt8(ascii: "\n"))
    }

    /// Adds a line to standard error.
    ///
    /// - Parameter line: The line, without its newline.
    public mutating func complain(line: String) {
        errors.append(contentsOf: line.utf8)
        errors.append(UInt8(ascii: "\n"))
    }

    /// Writes all of it; what the reader no longer wants, because it has closed its end, is dropped without an error.
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
