/// Why a file cannot be read to its end.
@nonexhaustive
public enum FileError: Error, Equatable, Sendable {
    /// The system refuses.
    case system(SystemError)
    /// It is no regular file: reading it may wait for ever, or never come to an end.
    case notRegular(path: String, kind: FileKind)
    /// It is larger than what is read into memory.
    case tooLarge(path: String, limit: Int)
}

extension FileError: CustomStringConvertible {
    /// One sentence without a full stop: what cannot be read, and why.
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

    /// What to do about it, without a full stop.
    package var advice: String {
        switch self {
        case .system: "check the path and its permissions"
        case .notRegular(_, .directory): "name a file in it"
        case .notRegular(_, .namedPipe): "save its contents to a file, and name that"
        case .notRegular, .tooLarge: "check the path"
        }
    }
}
