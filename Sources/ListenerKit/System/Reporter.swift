import Synchronization

/// Says on standard error what a program has to say for itself, once for one cause.
///
/// Lines read `listenerd: warning: supervisord's event buffer overflowed: …`.
public final class Reporter: Sendable {
    /// How bad a message is.
    public enum Level: String, Sendable {
        /// Something does not work, and somebody must act.
        case error
        /// Something is not as it should be, and things go on.
        case warning
        /// Something worth knowing.
        case info
    }

    /// So many causes are remembered; past that, the memory begins anew.
    private static let longestMemory = 1000

    private let program: String
    private let write: @Sendable ([UInt8]) -> Void
    private let said = Mutex<Set<String>>([])

    /// Makes a reporter for a program.
    ///
    /// - Parameters:
    ///   - program: The name that begins each line.
    ///   - write: Where the lines go, newline included; by default to standard error.
    public init(program: String, write: (@Sendable ([UInt8]) -> Void)? = nil) {
        self.program = program
        self.write =
            write ?? { line in
                // Where standard error is closed or full there is nobody left to tell.
                try? writeAll(line, to: 2)
            }
    }

    /// Says something, each time that it is called.
    ///
    /// - Parameters:
    ///   - level: How bad it is.
    ///   - message: A sentence without a full stop; control characters in it are escaped.
    public func say(_ level: Level, _ message: String) {
        var line = Array("\(program): \(level.rawValue): ".utf8)
        line.append(escaping: message)
        line.append(UInt8(ascii: "\n"))
        write(line)
    }

    /// Says that the command line cannot be carried out, in the form that all such errors have.
    func sayUsage(_ error: UsageError) {
        write(Array("\(program): Error: \(error)\n  See '\(program) --help' for more information.\n".utf8))
    }

    /// Says something unless it was said before for the same cause.
    ///
    /// - Parameters:
    ///   - level: How bad it is.
    ///   - message: A sentence without a full stop; control characters in it are escaped.
    ///   - cause: What tells one cause from another; by default the message itself.
    public func sayOnce(_ level: Level, _ message: String, cause: String? = nil) {
        let isNew = said.withLock { said in
            if said.count >= Self.longestMemory {
                said.removeAll()
            }
            return said.insert(cause ?? message).inserted
        }
        if isNew {
            say(level, message)
        }
    }

    /// Forgets a cause, because it is over; when it comes back it will be said again.
    ///
    /// - Parameter cause: The cause.
    /// - Returns: Whether something had been said for it.
    @discardableResult
    public func settle(_ cause: String) -> Bool {
        said.withLock { $0.remove(cause) != nil }
    }
}
