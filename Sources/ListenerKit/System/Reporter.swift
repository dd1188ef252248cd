import Synchronization

/// Writes a program's own messages to standard error, once for one cause.
///
/// A line reads `listenerd: warning: supervisord's event buffer overflowed: …`, unless a handler that writes to the same stream
/// gives the lines another form. No caller waits for the reader of standard error.
public final class Reporter: Sendable {
    /// How severe a message is.
    public enum Level: String, Sendable {
        /// Something does not work, and the user must act.
        case error
        /// Something is wrong, but work goes on.
        case warning
        /// Something worth knowing.
        case info
    }

    /// Formats a message as a line, including the newline.
    package typealias Form = @Sendable (_ level: Level, _ message: String) -> [UInt8]

    /// How many keys are remembered; one more, and all are forgotten.
    private static let keyCapacity = 1000

    /// The name that begins each line of text.
    let program: String
    /// The form of the lines; nil for text.
    private let form: Form?
    private let write: @Sendable ([UInt8]) -> Void
    private let reported = Mutex<Set<String>>([])

    /// Makes a reporter for a program.
    ///
    /// - Parameters:
    ///   - program: The name that begins each line.
    ///   - write: Writes a line, which includes the newline; by default to standard error.
    public convenience init(program: String, write: (@Sendable ([UInt8]) -> Void)? = nil) {
        self.init(program: program, form: nil, write: write)
    }

    /// Makes a reporter whose lines have a form of their own.
    ///
    /// - Parameters:
    ///   - program: The name that begins each line of text.
    ///   - form: The form of the lines; nil for text.
    ///   - write: Writes a line, which includes the newline; by default to standard error.
    package init(program: String, form: Form?, write: (@Sendable ([UInt8]) -> Void)? = nil) {
        self.program = program
        self.form = form
        self.write = write ?? { LineWriter.standardError.write($0) }
        if write == nil {
            LineWriter.standardError.describeMissingLines(missingLinesNotice)
        }
    }

    /// Makes the line that reports how many lines are missing in its place, because they could not be written.
    package var missingLinesNotice: @Sendable (_ missing: Int) -> [UInt8] {
        { [program, form] missing in
            let lines = missing == 1 ? "1 line is" : "\(missing) lines are"
            return Self.line(program, form, .warning, "\(lines) missing here: they could not be written")
        }
    }

    /// Returns a message as a line, to be written elsewhere.
    package func line(_ level: Level, _ message: String) -> [UInt8] {
        Self.line(program, form, level, message)
    }

    private static func line(_ program: String, _ form: Form?, _ level: Level, _ message: String) -> [UInt8] {
        form?(level, message) ?? textLine("\(program): \(level.rawValue): \(message)")
    }

    /// Formats text as one line, even if it quotes control characters.
    private static func textLine(_ text: String) -> [UInt8] {
        var line: [UInt8] = []
        line.append(escaping: text)
        line.append(UInt8(ascii: "\n"))
        return line
    }

    /// Writes a message, each time that it is called.
    ///
    /// - Parameters:
    ///   - level: How severe it is.
    ///   - message: A sentence without a full stop; control characters in it are escaped.
    public func report(_ level: Level, _ message: String) {
        write(line(level, message))
    }

    /// Writes a message that people expect in a form of its own, such as a usage error.
    ///
    /// - Parameters:
    ///   - level: How severe it is.
    ///   - message: A sentence without a full stop.
    ///   - text: The line to write instead if the form is text; control characters in it are escaped.
    ///   - details: The lines to write after it, including their newlines.
    func report(_ level: Level, _ message: String, asText text: String, details: String = "") {
        guard let form else {
            return write(Self.textLine(text) + Array(details.utf8))
        }
        write(form(level, message))
    }

    /// Writes a message unless one with the same key was written before.
    ///
    /// - Parameters:
    ///   - level: How severe it is.
    ///   - message: A sentence without a full stop; control characters in it are escaped.
    ///   - key: The key that identifies the cause; by default the message itself.
    public func reportOnce(_ level: Level, _ message: String, key: String? = nil) {
        let isNew = reported.withLock { reported in
            if reported.count >= Self.keyCapacity {
                reported.removeAll()
            }
            return reported.insert(key ?? message).inserted
        }
        if isNew {
            report(level, message)
        }
    }

    /// Forgets a key, because its cause is gone: when it comes back, it is reported again.
    ///
    /// - Parameter key: The cause, as it was given to `reportOnce`.
    /// - Returns: Whether a message had been written for it.
    @discardableResult
    public func clear(key: String) -> Bool {
        reported.withLock { $0.remove(key) != nil }
    }
}
