import Foundation
import ListenerTesting

/// A folder for one test, which is removed together with this object.
public final class TestFolder: Sendable {
    private let folder: TemporaryFolder

    /// Makes a folder that every user can read.
    public init() throws {
        folder = try TemporaryFolder("listenerd", permissions: 0o755)
    }

    /// Its path, short enough for sockets in it.
    public var path: String { folder.path }

    /// Returns the path of a name in the folder.
    public func path(of name: String) -> String {
        "\(path)/\(name)"
    }

    /// Returns the contents of a file; an empty text if it does not exist.
    public func text(of name: String) -> String {
        guard let data = FileManager.default.contents(atPath: path(of: name)) else {
            return ""
        }
        return String(decoding: data, as: UTF8.self)
    }

    /// Returns the lines of a file, without an unfinished last one.
    public func lines(of name: String) -> [String] {
        text(of: name).split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { String($0) }
    }

    /// Writes a file atomically.
    public func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path(of: name)), options: .atomic)
    }

    /// Writes a program that every user can execute at once.
    public func write(program text: String, to name: String) throws {
        _ = try folder.writeProgram(text, to: name)
    }
}
