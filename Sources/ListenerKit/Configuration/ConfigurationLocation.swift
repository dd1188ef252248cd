/// A line of a configuration file.
public struct ConfigurationLocation: Hashable, Sendable {
    /// The file, by the path under which it was read.
    public let file: String
    /// The line, counted from 1.
    public let line: Int

    /// Names a line.
    ///
    /// - Parameters:
    ///   - file: The file, by the path under which it was read.
    ///   - line: The line, counted from 1.
    public init(file: String, line: Int) {
        self.file = file
        self.line = line
    }
}

extension ConfigurationLocation: CustomStringConvertible {
    /// The line as compilers name it and editors understand it: `/etc/supervisord.conf:12`.
    public var description: String {
        "\(file):\(line)"
    }
}
