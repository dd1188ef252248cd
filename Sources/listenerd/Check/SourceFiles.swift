import ListenerKit

/// The files of a configuration as they are written, with the comments and the indentation that reading them loses.
struct SourceFiles: Sendable {
    /// The lines of each file, by its path; a file that cannot be read has none.
    private let lines: [String: [String]]

    /// Reads the files.
    ///
    /// - Parameters:
    ///   - paths: The paths by which the configuration was read.
    ///   - read: Reads one file.
    init(
        _ paths: [String],
        read: (String) throws(FileError) -> [UInt8] = { path throws(FileError) in try contents(ofFile: path) }
    ) {
        var lines: [String: [String]] = [:]
        for path in paths where lines[path] == nil {
            lines[path] = (try? read(path)).map { Self.lines(of: $0) } ?? []
        }
        self.lines = lines
    }

    private static func lines(of bytes: [UInt8]) -> [String] {
        var lines: [String] = []
        var start = 0
        while start < bytes.count {
            let line = INIReader.line(from: start, in: bytes)
            lines.append(String(decoding: bytes[start..<line.end], as: UTF8.self))
            start = line.next
        }
        return lines
    }

    /// The lines of a file; none if it could not be read.
    subscript(path: String) -> [String] {
        lines[path] ?? []
    }

    /// A line without its line ending; nil if the file is shorter, or could not be read.
    subscript(location: ConfigurationLocation) -> String? {
        let lines = self[location.file]
        return lines.indices.contains(location.line - 1) ? lines[location.line - 1] : nil
    }
}
