import Glibc
import ListenerKit

/// A log that is read a piece at a time, because it may be longer than memory.
struct LogFile: ~Copyable {
    /// The argument that stands for standard input.
    static let standardInput = "-"
    /// The longest line that is read; none of listenerd's own is as long.
    static let longestLine = 16 << 20

    /// The path, or `standard input`.
    let name: String
    private let descriptor: FileDescriptor
    private let longestLine: Int

    /// Opens a file, or standard input.
    ///
    /// - Parameters:
    ///   - path: The path; a pipe will do, such as that of `<(kubectl logs web)`. `-` is standard input.
    ///   - longestLine: The longest line that is read.
    /// - Throws: ``FileError``.
    init(_ path: String, longestLine: Int = Self.longestLine) throws(FileError) {
        let isStandardInput = path == Self.standardInput
        let name = isStandardInput ? "standard input" : path
        let result =
            isStandardInput ? dup(0) : retryOnInterrupt { open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY) }
        guard result >= 0 else {
            throw .system(SystemError("read '\(name)'"))
        }
        self.name = name
        descriptor = FileDescriptor(owning: result)
        self.longestLine = longestLine
    }

    /// Calls a function with each line, without its newline, and with what follows the last newline.
    ///
    /// Lines that are too long are left out.
    ///
    /// - Throws: ``FileError`` if the file cannot be read.
    func forEachLine(_ body: (ArraySlice<UInt8>) -> Void) throws(FileError) {
        var chunk = [UInt8](repeating: 0, count: 256 << 10)
        var lines = UnfinishedLine(longest: longestLine)
        while true {
            let count: Int
            do {
                count = try descriptor.read(into: &chunk)
            } catch {
                throw .system(SystemError("read '\(name)'", code: error.code))
            }
            guard count > 0 else {
                return lines.finish(body)
            }
            lines.add(chunk.prefix(count), body)
        }
    }
}

/// The beginning of a line whose end has not been read yet.
private struct UnfinishedLine {
    private let longest: Int
    private var bytes: [UInt8] = []
    private var isTooLong = false

    init(longest: Int) {
        self.longest = longest
    }

    /// Adds what was read, and passes on the lines that end in it.
    mutating func add(_ chunk: ArraySlice<UInt8>, _ body: (ArraySlice<UInt8>) -> Void) {
        var rest = chunk
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            let piece = rest[..<end]
            rest = rest[(end + 1)...]
            if !isTooLong, bytes.count + piece.count <= longest {
                body(bytes.isEmpty ? piece : bytes[...] + piece)
            }
            bytes.removeAll(keepingCapacity: true)
            isTooLong = false
        }
        isTooLong = isTooLong || bytes.count + rest.count > longest
        if isTooLong {
            bytes = []
        } else {
            bytes.append(contentsOf: rest)
        }
    }

    /// Passes on what follows the last newline.
    func finish(_ body: (ArraySlice<UInt8>) -> Void) {
        if !bytes.isEmpty {
            body(bytes[...])
        }
    }
}
