import Glibc

/// A failed system call: what was tried, on what, and why it failed.
public struct SystemError: Error, Equatable, Sendable {
    /// The attempted operation, as a verb phrase: `open '/etc/supervisord.conf'`.
    public let action: String
    /// The value of `errno` right after the call.
    public let code: Int32

    /// Describes a failed call whose `errno` is known.
    ///
    /// - Parameters:
    ///   - action: What was tried, as a verb phrase.
    ///   - code: The value of `errno`.
    public init(_ action: String, code: Int32) {
        self.action = action
        self.code = code
    }

    /// Captures `errno`, so it must be called right after the failed call.
    ///
    /// - Parameter action: What was tried, as a verb phrase.
    public init(_ action: String) {
        self.init(action, code: errno)
    }
}

extension SystemError: CustomStringConvertible {
    /// One sentence without a full stop: `cannot open '/x': No such file or directory`.
    public var description: String {
        "cannot \(action): \(reason)"
    }

    /// The system's own words for the error: `No such file or directory`.
    public var reason: String {
        guard let words = strerror(code) else {
            return "error \(code)"
        }
        return String(cString: words)
    }

    /// The system's own words within a sentence: `no such file or directory`.
    package var reasonInSentence: String {
        inSentence(reason)
    }

    /// The error of a call on a process that does not exist.
    ///
    /// - Parameter action: What was tried, as a verb phrase.
    /// - Returns: The error.
    package static func noSuchProcess(_ action: String) -> SystemError {
        SystemError(action, code: ESRCH)
    }

    /// Whether the reader of a pipe or socket has closed its end.
    package var isBrokenPipe: Bool { code == EPIPE }

    /// Whether there is no file at the path.
    package var isMissingFile: Bool { code == ENOENT || code == ENOTDIR }

    /// Whether this user may not do what was tried.
    package var isMissingPermission: Bool { code == EACCES || code == EPERM }

    /// Whether no process listens at the address.
    package var isRefusedConnection: Bool { code == ECONNREFUSED }
}

/// Repeats a system call as long as signals interrupt it.
///
/// - Parameter call: The call, which returns -1 and sets `errno` if it fails.
/// - Returns: The first result that is not an interruption.
package func retryOnInterrupt<Result: FixedWidthInteger & SignedInteger>(_ call: () -> Result) -> Result {
    while true {
        let result = call()
        if result != -1 || errno != EINTR {
            return result
        }
    }
}
