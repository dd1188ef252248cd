import ListenerKit

/// Where the log goes: standard error, or a file that is appended to.
struct LogDestination: ~Copyable {
    /// The path of the file; `nil` for standard error.
    private let path: String?
    private var file: Descriptor?

    private init(path: String?, file: consuming Descriptor?) {
        self.path = path
        self.file = file
    }

    /// Opens a destination.
    ///
    /// - Parameter path: The path of the file, which is made where it is missing; `nil` for standard error.
    /// - Returns: The destination.
    /// - Throws: ``SystemError`` where the file cannot be opened.
    static func open(_ path: String?) throws(SystemError) -> LogDestination {
        guard let path else {
            return LogDestination(path: nil, file: nil)
        }
        return LogDestination(path: path, file: try Descriptor.openForAppending(path))
    }

    /// Opens the file anew, because somebody has moved it away; where that fails, the old one goes on being written.
    mutating func reopen() throws(SystemError) {
        if let path {
            file = try Descriptor.openForAppending(path)
        }
    }

    /// Writes a line in one go, so that lines of several writers do not mix.
    func write(_ line: [UInt8]) throws(SystemError) {
        do {
            switch file {
            case .some(let file): try file.write(line)
            case .none: try writeAll(line, to: 2)
            }
        } catch {
            throw SystemError("write to \(path.map { "'\($0)'" } ?? "standard error")", code: error.code)
        }
    }
}
