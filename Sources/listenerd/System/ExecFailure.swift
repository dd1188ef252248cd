import Glibc
import ListenerKit

/// Why the system cannot execute a program.
///
/// `errno` does not tell enough: `ENOENT` is also the error for a script whose interpreter is missing.
enum ExecFailure: Equatable, Sendable {
    /// There is no such file.
    case missing
    /// No directory in `PATH` has such a file.
    case notOnPath
    /// It is a directory, or something else that is not a file.
    case notAFile(String)
    /// The permission to execute the file, or to search a directory of its path, is missing.
    case notExecutable(String)
    /// The `#!` line of the file names an interpreter that does not exist.
    case missingInterpreter(String, of: String)
    /// The `#!` line of the file names an interpreter that cannot be executed.
    case unusableInterpreter(String, of: String)
    /// The binary needs a loader that does not exist on this system.
    case missingLoader(of: String)
    /// It is neither a binary for this machine nor a script with a `#!` line.
    case unknownFormat(String)
    /// Any other reason; the system's error is all that is known.
    case other

    /// The number of scripts that Linux lets be interpreters of each other.
    private static let chainLimit = 5

    /// Finds out why a program cannot be executed.
    ///
    /// - Parameters:
    ///   - program: The program; without a slash it was searched for on the `PATH`.
    ///   - error: The error of the attempt.
    ///   - path: The value of `PATH`.
    init(_ program: String, error: SystemError, path: String?) {
        let hasFolder = program.utf8.contains(UInt8(ascii: "/"))
        let directories = (path ?? defaultPath).split(separator: ":")
        let candidates = hasFolder ? [program] : directories.map { "\($0)/\(program)" }
        guard let file = candidates.first(where: isExecutable) ?? candidates.first(where: isPresent) else {
            self = hasFolder ? .missing : .notOnPath
            return
        }
        guard isRegularFile(file) else {
            self = error.code == EACCES ? .notAFile(file) : .other
            return
        }
        guard isExecutable(file) else {
            self = error.code == EACCES ? .notExecutable(file) : .other
            return
        }
        switch error.code {
        case ENOEXEC: self = .unknownFormat(file)
        case ENOENT, EACCES, ENOTDIR: self = Self.interpreterFailure(file, error)
        default: self = .other
        }
    }

    /// Returns what is wrong with the interpreter of an executable file, or with the interpreter's own interpreter.
    private static func interpreterFailure(_ file: String, _ error: SystemError) -> ExecFailure {
        var script = file
        for _ in 0..<chainLimit {
            guard let interpreter = interpreter(of: script) else {
                return error.code == ENOENT ? .missingLoader(of: script) : .other
            }
            guard isPresent(interpreter) else {
                return .missingInterpreter(interpreter, of: script)
            }
            guard isRegularFile(interpreter), isExecutable(interpreter) else {
                return .unusableInterpreter(interpreter, of: script)
            }
            script = interpreter
        }
        return .other
    }

    /// Returns the program that the `#!` line of a file names; nil if there is no such line.
    private static func interpreter(of file: String) -> String? {
        guard let start = try? beginning(ofFile: file), start.starts(with: "#!".utf8) else {
            return nil
        }
        let isSpace = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        let line = start.dropFirst(2).prefix { $0 != UInt8(ascii: "\n") }.drop(while: isSpace)
        return String(decoding: line.prefix { !isSpace($0) }, as: UTF8.self)
    }

    /// Reads as many bytes as Linux reads to find the `#!` line.
    private static func beginning(ofFile path: String) throws(SystemError) -> [UInt8] {
        let result = retryOnInterrupt { open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
        guard result >= 0 else {
            throw SystemError("read '\(path)'")
        }
        let descriptor = FileDescriptor(owning: result)
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = try descriptor.read(into: &bytes)
        return Array(bytes.prefix(count))
    }
}

/// The directories that the C library searches if `PATH` is not set.
private let defaultPath = "/bin:/usr/bin"

private func isPresent(_ path: String) -> Bool {
    var information = stat()
    return stat(path, &information) == 0 || errno == EACCES
}

private func isRegularFile(_ path: String) -> Bool {
    var information = stat()
    // A file whose kind cannot be read may be one.
    return stat(path, &information) != 0 || information.st_mode & S_IFMT == S_IFREG
}

private func isExecutable(_ path: String) -> Bool {
    access(path, X_OK) == 0 && isRegularFile(path)
}
