import Glibc

/// Why a command cannot be started.
enum LaunchError: Error, Equatable {
    /// It has no words.
    case noCommand
    /// There is no such program.
    case noSuchCommand(String)
    /// The program is there, but not the interpreter of its first line, or the loader that it needs.
    case noInterpreter(String)
    /// Its directory cannot be entered.
    case noDirectory(String, SystemError)
    /// A system call failed.
    case other(SystemError)

    /// Finds out why a program could not be executed.
    init(_ error: SystemError, ofProgramAt path: String, named name: String) {
        guard error.isMissingFile else {
            self = .other(SystemError("run '\(name)'", code: error.code))
            return
        }
        self = fileExists(path) ? .noInterpreter(name) : .noSuchCommand(name)
    }
}

extension LaunchError: CustomStringConvertible {
    /// The reason in a few words: `no such command 'pg_isready'`.
    var description: String {
        switch self {
        case .noCommand: "no command"
        case .noSuchCommand(let name): "no such command '\(name)'"
        case .noInterpreter(let name): "cannot run '\(name)': its interpreter or loader is missing"
        case .noDirectory(_, let error), .other(let error): "cannot \(error.action): \(error.reasonInSentence)"
        }
    }
}
