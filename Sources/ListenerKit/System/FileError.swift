/// Why a file cannot be read.
@nonexhaustive
public enum FileError: Error, Equatable, Sendable {
    /// A system call failed.
    case system(SystemError)
    /// It is not a regular file: reading it might block for ever, or never end.
    case notRegular(path: String, kind: FileKind)
    /// It is larger than the limit for reading a file into memory.
    case tooLarge(path: String, limit: Int)
}

extension FileError: CustomStringConvertible {
    /// The file that cannot be read, and the reason, as one sentence without a full stop.
    public var description: String {
        switch self {
        case .system(let error):
            "\(error)"
        case .notRegular(let path, let kind):
            "cannot read '\(path)': it is \(kind.rawValue), not a regular file"
        case .tooLarge(let path, let limit):
            "cannot read '\(path)': it is larger than \(limit >> 20) MB"
        }
    }

    /// The remedy, as a phrase without a full stop.
    package var advice: String {
        switch self {
        case .system: "check the path and its permissions"
        case .notRegular(_, .directory): "name a file in it"
        case .notRegular(_, .namedPipe): "save its contents to a file, and name that"
        case .notRegular, .tooLarge: "check the path"
        }
    }
}
