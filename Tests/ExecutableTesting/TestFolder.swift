import Foundation
import ListenerTesting

/// A folder of a test's own, which goes away with its last user.
public final class TestFolder: Sendable {
    private let folder: TemporaryFolder

    /// Makes a folder that every user may look into.
    public init() throws {
        folder = try TemporaryFolder("listenerd", permissions: 0o755)
    }

    /// Its path, short enough for a socket in it.
    public var path: String { folder.path }

    /// The path of something in the folder.
    public func path(of name: String) -> String {
        "\(path)/\(name)"
    }

    /// What is in a file; nothing where there is no such file.
    public func text(of name: String) -> String {
        guard let data = FileManager.default.contents(atPath: path(of: name)) else {
            return ""
        }
        return String(decoding: data, as: UTF8.self)
    }

    /// The lines of a file that are whole.
    public func lines(of name: String) -> [String] {
        text(of: name).split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { String($0) }
    }

    /// Writes a file, in one go for whoever looks.
    public func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path(of: name)), options: .atomic)
    }

    /// Writes a program that can be executed at once, by every user.
    public func write(program text: String, to name: String) throws {
        _ = try folder.writeProgram(text, to: name)
    }
}
