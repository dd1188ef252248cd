import ListenerKit
import Synchronization

/// Where the log goes: standard error, or a file that is appended to; lines come from any thread.
final class LogDestination: Sendable {
    private struct State {
        var writer: LineWriter
        /// The lines that come after one that is not written yet; nil if there is none.
        var waiting: [[UInt8]]?
    }

    /// The path of the file; nil for standard error.
    private let path: String?
    /// The path as the user has written it.
    private let name: String
    private let reporter: Reporter
    private let state: Mutex<State>

    /// Opens a destination.
    ///
    /// - Parameters:
    ///   - path: The path of the file, which is created if missing; nil for standard error.
    ///   - reporter: Reports that lines are missing, in their place in the file too.
    /// - Throws: ``LogFileError`` if the file cannot be opened.
    init(_ path: String?, _ reporter: Reporter) throws(LogFileError) {
        name = path ?? ""
        let path = path.map { RelayedOutput.file(at: $0) }
        self.path = path
        self.reporter = reporter
        state = Mutex(State(writer: try Self.open(path, named: name, nil, reporter)))
    }

    /// Reopens the file, which has been moved away; if that fails, the old one is still written to.
    func reopen() throws(LogFileError) {
        try state.withLock { state throws(LogFileError) in
            state.writer = try Self.open(path, named: name, state.writer, reporter)
        }
    }

    /// Whether lines go where the program's own messages go.
    var sharesStandardError: Bool { state.withLock { $0.writer === LineWriter.standardError } }

    /// Writes lines, now or later, without waiting for their reader.
    ///
    /// - Parameter lines: The lines with their newlines; they begin on a line of their own even if the one before was cut off.
    func write(_ lines: [UInt8]) {
        state.withLock { $0.writer }.write(lines)
    }

    /// Reports how many lines are missing at the end, because no other will be written that could.
    func reportMissingAtEnd() {
        let missing = state.withLock { $0.writer }.missingAtEnd
        if missing > 0 {
            Self.report(.abandoned(missing: missing), about: name, reporter)
        }
    }

    /// Writes a line once the one has been written that ``reserve()`` keeps the place of.
    ///
    /// - Parameter line: The line with its newline.
    func writeInTurn(_ line: [UInt8]) {
        state.withLock { state in
            guard state.waiting == nil else {
                state.waiting?.append(line)
                return
            }
            state.writer.write(line)
        }
    }

    /// Keeps the place of a line that cannot be written yet.
    func reserve() {
        state.withLock { $0.waiting = [] }
    }

    /// Writes the line whose place was kept, and those that have come since.
    ///
    /// - Parameter line: The line with its newline.
    func writeReserved(_ line: [UInt8]) {
        state.withLock { state in
            state.writer.write(line)
            state.waiting?.forEach(state.writer.write)
            state.waiting = nil
        }
    }

    private static func open(
        _ path: String?,
        named name: String,
        _ former: LineWriter?,
        _ reporter: Reporter
    ) throws(LogFileError) -> LineWriter {
        // Lines that wait for a pipe must not be overtaken by later ones.
        guard let path, !isStandardError(path) else {
            return .standardError
        }
        if let former, former.isDevice(at: path) {
            return former
        }
        do {
            return try LineWriter(appendingTo: path, after: former, notice: reporter.missingLinesNotice) { news in
                report(news, about: name, reporter)
            }
        } catch {
            throw LogFileError(cause: error)
        }
    }

    private static func report(_ news: LineWriter.StatusChange, about path: String, _ reporter: Reporter) {
        switch news {
        case .linesDropped(let code):
            let error = code.map { "\(SystemError("write to '\(path)'", code: $0))" }
            let cause = error ?? "'\(path)' is not being read fast enough"
            reporter.reportOnce(.error, "lines are missing from the log: \(cause)", key: "log")
        case .recovered(let missing):
            reporter.clear(key: "log")
            let lines = missing == 1 ? "1 line is" : "\(missing) lines are"
            reporter.report(.info, "writing to the log again; \(lines) missing")
        case .abandoned(let missing):
            let lines = missing == 1 ? "1 line is" : "\(missing) lines are"
            reporter.report(.warning, "\(lines) missing at the end of the log")
        }
    }
}
