/// A line of a configuration file.
public struct ConfigurationLocation: Hashable, Sendable {
    /// The path by which the file was read.
    public let file: String
    /// The line number, from 1.
    public let line: Int

    /// Describes a line.
    ///
    /// - Parameters:
    ///   - file: The path by which the file was read.
    ///   - line: The line number, from 1.
    public init(file: String, line: Int) {
        self.file = file
        self.line = line
    }
}

extension ConfigurationLocation: CustomStringConvertible {
    /// The location in the form that compilers print and editors understand: `/etc/supervisord.conf:12`.
    public var description: String {
        "\(file):\(line)"
    }
}
