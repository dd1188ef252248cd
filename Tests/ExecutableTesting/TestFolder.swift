import Foundation

/// A folder of a test's own, which goes away with its last user.
public final class TestFolder: Sendable {
    /// Its path, short enough for a socket in it.
    public let path: String

    /// Makes a folder that every user may look into.
    public init() throws {
        var template = Array("/tmp/listenerd-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        chmod(path, 0o755)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

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
}
