#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

import ListenerKit

/// What keeps the system from starting a program.
///
/// The system's error number says too little: `ENOENT` is also the error for a script whose interpreter is missing.
enum ProgramObstacle: Equatable, Sendable {
    /// There is no file of that name.
    case missing
    /// No folder of `PATH` has a file of that name.
    case notOnPath
    /// It is a folder, or something else that is no file.
    case notAFile(String)
    /// The file, or a folder on the way to it, lacks the permission.
    case notExecutable(String)
    /// The `#!` line of the file names an interpreter that does not exist.
    case missingInterpreter(String, of: String)
    /// The `#!` line of the file names an interpreter that cannot be executed.
    case unusableInterpreter(String, of: String)
    /// It is a binary that needs a loader which does not exist here.
    case missingLoader(of: String)
    /// It is neither a binary for this machine nor a script with a `#!` line.
    case unknownFormat(String)
    /// The system's error says all that is known.
    case other

    /// As many scripts may be the interpreters of each other, for Linux.
    private static let longestChain = 5

    /// Finds out what keeps a program from being started.
    ///
    /// - Parameters:
    ///   - program: What was to be started; without a slash it was looked for on the `PATH`.
    ///   - error: The error of the attempt.
    ///   - path: The value of `PATH`.
    init(_ program: String, error: SystemError, path: String?) {
        let hasFolder = program.utf8.contains(UInt8(ascii: "/"))
        let folders = (path ?? usualPath).split(separator: ":")
        let candidates = hasFolder ? [program] : folders.map { "\($0)/\(program)" }
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
        case ENOENT, EACCES, ENOTDIR: self = Self.interpreterObstacle(file, error)
        default: self = .other
        }
    }

    /// What is wrong with the interpreter of a file that is executable itself, or with the interpreter's interpreter.
    private static func interpreterObstacle(_ file: String, _ error: SystemError) -> ProgramObstacle {
        var script = file
        for _ in 0..<longestChain {
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

    /// The program that the `#!` line of a file names; nil if it has none.
    private static func interpreter(of file: String) -> String? {
        guard let start = try? beginning(ofFile: file), start.starts(with: "#!".utf8) else {
            return nil
        }
        let isSpace = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        let line = start.dropFirst(2).prefix { $0 != UInt8(ascii: "\n") }.drop(while: isSpace)
        return String(decoding: line.prefix { !isSpace($0) }, as: UTF8.self)
    }

    /// As much as Linux looks at.
    private static func beginning(ofFile path: String) throws(SystemError) -> [UInt8] {
        let number = retryOnInterrupt { open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
        guard number >= 0 else {
            throw SystemError("read '\(path)'")
        }
        let descriptor = Descriptor(owning: number)
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = try descriptor.read(into: &bytes)
        return Array(bytes.prefix(count))
    }
}

/// The folders that the C library searches if there is no `PATH`.
private let usualPath = "/bin:/usr/bin"

private func isPresent(_ path: String) -> Bool {
    var information = stat()
    return stat(path, &information) == 0 || errno == EACCES
}

private func isRegularFile(_ path: String) -> Bool {
    var information = stat()
    // What cannot be looked at may be one.
    return stat(path, &information) != 0 || information.st_mode & S_IFMT == S_IFREG
}

private func isExecutable(_ path: String) -> Bool {
    access(path, X_OK) == 0 && isRegularFile(path)
}
