import ListenerKit

/// Where the log goes: standard error, or a file that is appended to.
struct LogDestination: ~Copyable {
    /// The path of the file; `nil` for standard error.
    private let path: String?
    private var file: Descriptor?
    /// Whether what was written last ends within a line, because the rest could not be written.
    private var isTorn = false

    /// Makes a destination of a file that is open.
    init(path: String?, file: consuming Descriptor?) {
        self.path = path
        self.file = file
    }

    /// Opens a destination.
    ///
    /// - Parameter path: The path of the file, which is made where it is missing; `nil` for standard error.
    /// - Returns: The destination.
    /// - Throws: ``LogFileError`` where the file cannot be opened.
    static func open(_ path: String?) throws(LogFileError) -> LogDestination {
        guard let path else {
            return LogDestination(path: nil, file: nil)
        }
        return LogDestination(path: path, file: try openFile(path))
    }

    private static func openFile(_ path: String) throws(LogFileError) -> Descriptor {
        do {
            return try Descriptor.openForAppending(path)
        } catch {
            throw LogFileError(cause: error)
        }
    }

    /// Opens the file anew, because somebody has moved it away; where that fails, the old one goes on being written.
    mutating func reopen() throws(LogFileError) {
        guard let path else {
            return
        }
        let opened = try Self.openFile(path)
        // Perhaps nobody has moved the file away; then its end is as torn as before.
        isTorn = isTorn && !opened.isEmptyFile
        file = consume opened
    }

    /// Writes a line in one go, so that lines of several writers do not mix.
    ///
    /// - Parameter line: The line with its newline; it begins on a line of its own even where the one before was cut off.
    /// - Throws: ``SystemError`` where not all of it could be written.
    mutating func write(_ line: [UInt8]) throws(SystemError) {
        let bytes = isTorn ? [UInt8(ascii: "\n")] + line : line
        var written = 0
        do {
            try writeAll(bytes, to: number, written: &written)
            isTorn = false
        } catch {
            if written > 0 {
                isTorn = bytes[written - 1] != UInt8(ascii: "\n")
            }
            throw SystemError("write to \(path.map { "'\($0)'" } ?? "standard error")", code: error.code)
        }
    }

    private var number: Int32 {
        switch file {
        case .some(let file): file.number
        case .none: 2
        }
    }
}
