import Synchronization

/// Writes lines to one output, for callers that must not wait for its reader.
///
/// A line is written at once if the output accepts it, as it nearly always does. Otherwise it is queued for a thread, which
/// exists only while lines are queued. If the queue is full, lines are dropped, and a notice in their place says how many.
///
/// Each write has whole lines, and no more than the output takes as a whole or not at all, so that lines of other processes do not
/// get into them; only a single line that is longer than what a pipe takes is written alone, in parts.
package final class LineWriter: Sendable {
    /// A change in whether lines are missing.
    package enum StatusChange: Equatable, Sendable {
        /// The first line is missing; the code is that of the failed write, or nil if the queue was full.
        case linesDropped(code: Int32?)
        /// Lines are written again; this number of them is missing.
        case recovered(missing: Int)
        /// The process ends, and this number of lines is missing at the end of the output.
        case abandoned(missing: Int)
    }

    private struct State {
        var queue: LineQueue
        var output: NonBlockingOutput?
        /// Whether the thread runs; then it alone writes.
        var hasThread = false
    }

    /// Starts a thread with its work.
    typealias ThreadStart = @Sendable (@escaping @Sendable () -> Void) throws(SystemError) -> Void

    /// How many bytes a pipe takes as a whole.
    private static let atomicSize = 4096
    /// The largest number of queued bytes: some thousands of lines.
    private static let capacity = 1 << 20
    /// The writers that have a thread; the process waits a little for them before it exits.
    private static let writersWithThread = Mutex<[ObjectIdentifier: LineWriter]>([:])

    private let state: Mutex<State>
    private let open: @Sendable () -> NonBlockingOutput
    private let start: ThreadStart
    private let onStatusChange: @Sendable (StatusChange) -> Void

    /// The writer of this process's own messages to standard error.
    package static let standardError = LineWriter(opening: { NonBlockingOutput(sharing: 2) }) { missing in
        Array("\(missing) lines are missing here\n".utf8)
    }

    /// Makes a writer.
    ///
    /// - Parameters:
    ///   - capacity: The largest number of queued bytes.
    ///   - open: Opens the output, when the first line is written.
    ///   - start: Starts a thread.
    ///   - isTorn: Whether the output ends within a line.
    ///   - missing: The number of lines that are missing already, and need no notice in the output.
    ///   - notice: Makes the line that reports missing lines.
    ///   - onStatusChange: Called, on any thread, when the first line is missing and when lines are written again.
    init(
        capacity: Int = LineWriter.capacity,
        opening open: @escaping @Sendable () -> NonBlockingOutput,
        starting start: @escaping ThreadStart = startWriterThread,
        isTorn: Bool = false,
        missing: Int = 0,
        notice: @escaping @Sendable (_ missing: Int) -> [UInt8],
        onStatusChange: @escaping @Sendable (StatusChange) -> Void = { _ in }
    ) {
        self.open = open
        self.start = start
        self.onStatusChange = onStatusChange
        state = Mutex(
            State(queue: LineQueue(capacity: capacity, isTorn: isTorn, missing: missing, notice: notice))
        )
    }

    /// Makes a writer that appends to a file, which is created if it does not exist.
    ///
    /// - Parameters:
    ///   - path: The path of the file.
    ///   - former: The writer that this one replaces, perhaps for the same file; it still writes its queued lines.
    ///   - notice: Makes the line that reports missing lines.
    ///   - onStatusChange: Called, on any thread, when the first line is missing and when lines are written again.
    /// - Throws: ``SystemError``; its code is `ENXIO` for a named pipe without a reader.
    package convenience init(
        appendingTo path: String,
        after former: LineWriter?,
        notice: @escaping @Sendable (_ missing: Int) -> [UInt8],
        onStatusChange: @escaping @Sendable (StatusChange) -> Void
    ) throws(SystemError) {
        let file = try FileDescriptor.openForAppending(path)
        // A full disk, or SIGKILL, ends a write after some of its bytes.
        let isTorn = file.endsWithinLine(at: path)
        let output = NonBlockingOutput(owning: file)
        self.init(
            opening: { output },
            isTorn: isTorn,
            missing: former?.missing ?? 0,
            notice: notice,
            onStatusChange: onStatusChange
        )
    }

    /// Returns whether a path names the pipe or device that lines are written to.
    package func isDevice(at path: String) -> Bool {
        state.withLock { $0.output }?.isDevice(at: path) ?? false
    }

    /// Sets how missing lines are reported from now on.
    func describeMissingLines(_ notice: @escaping @Sendable (_ missing: Int) -> [UInt8]) {
        state.withLock { $0.queue.notice = notice }
    }

    /// Opens the output again for the next line, because its descriptor now refers to another file.
    package func reopen() {
        state.withLock { $0.output = nil }
    }

    /// How many lines are missing at the end of the output, without those that a notice will still report.
    package var missingAtEnd: Int { state.withLock { $0.hasThread ? 0 : $0.queue.missing } }

    private var missing: Int { state.withLock { $0.queue.missing } }

    /// Writes lines, or queues them, without waiting.
    ///
    /// - Parameter lines: One line or several, each including its newline.
    package func write(_ lines: [UInt8]) {
        let (changes, needsThread) = state.withLock { state in
            var changes: [StatusChange] = []
            guard !write(lines, &state, &changes) else {
                return (changes, false)
            }
            guard !state.hasThread else {
                return (changes, false)
            }
            write(&state, &changes) { output, bytes in output.write(bytes) }
            state.hasThread = !state.queue.isEmpty
            return (changes, state.hasThread)
        }
        changes.forEach(onStatusChange)
        if needsThread {
            startWritingThread()
        }
    }

    /// Writes lines at once if that is possible; otherwise they are in the queue, as far as they fit.
    ///
    /// - Returns: Whether they are written.
    private func write(_ lines: [UInt8], _ state: inout State, _ changes: inout [StatusChange]) -> Bool {
        let output = output(&state)
        let isWhole = lines.count <= Self.atomicSize || output.isFile
        var outcome = NonBlockingOutput.Outcome.mustWait
        if isWhole, state.queue.isIdle, lines.last == UInt8(ascii: "\n") {
            // As nearly always: an entry in the queue would cost more than the rest.
            outcome = output.write(lines[...])
            guard outcome != .wrote(lines.count) else {
                return true
            }
        }
        for entry in isWhole ? [lines] : lines.wholeLines(limit: Self.atomicSize) {
            changes += [state.queue.append(entry)].compactMap { $0 }
        }
        if outcome != .mustWait, state.queue.next() != nil {
            changes += [state.queue.record(outcome, output)].compactMap { $0 }
        }
        return false
    }

    private func output(_ state: inout State) -> NonBlockingOutput {
        let output = state.output ?? open()
        state.output = output
        return output
    }

    /// Writes queued entries until the output does not accept one.
    private func write(
        _ state: inout State,
        _ changes: inout [StatusChange],
        by attempt: (NonBlockingOutput, ArraySlice<UInt8>) -> NonBlockingOutput.Outcome
    ) {
        let output = output(&state)
        while let entry = state.queue.next() {
            let outcome = attempt(output, entry.rest)
            guard outcome != .mustWait else {
                break
            }
            if let change = state.queue.record(outcome, output) {
                changes.append(change)
            }
        }
    }
}

// MARK: - The thread

extension LineWriter {
    /// Waits until all writers of this process have written their lines, or until the deadline.
    package static func flushAll(until deadline: ContinuousClock.Instant) {
        while !writersWithThread.withLock({ $0.isEmpty }), ContinuousClock.now < deadline {
            pause(for: .milliseconds(2))
        }
    }

    /// Reports what the writers of this process have not written, because it ends.
    static func reportUnwrittenLines() {
        for writer in writersWithThread.withLock({ Array($0.values) }) {
            let missing = writer.state.withLock { $0.queue.unwrittenLineCount }
            if missing > 0 {
                writer.onStatusChange(.abandoned(missing: missing))
            }
        }
    }

    private func startWritingThread() {
        Self.writersWithThread.withLock { $0[ObjectIdentifier(self)] = self }
        do throws(SystemError) {
            try start { [self] in writeQueuedEntries() }
        } catch {
            // What does not fit now waits for the next line, which tries again.
            let changes = state.withLock { state in
                state.hasThread = false
                var changes: [StatusChange] = []
                write(&state, &changes) { output, bytes in output.writeIfThereIsRoom(bytes) }
                return changes
            }
            Self.writersWithThread.withLock { $0[ObjectIdentifier(self)] = nil }
            changes.forEach(onStatusChange)
        }
    }

    private func writeQueuedEntries() {
        while let (entry, output) = nextEntry() {
            let outcome = output.writeWaiting(entry.rest)
            if let change = state.withLock({ $0.queue.record(outcome, output) }) {
                onStatusChange(change)
            }
        }
    }

    /// Returns what the thread has to write; after nil, the thread ends.
    private func nextEntry() -> (LineQueue.Entry, NonBlockingOutput)? {
        state.withLock { state in
            guard let entry = state.queue.next() else {
                state.hasThread = false
                // Under the lock, so that a thread that is started at once is not forgotten.
                Self.writersWithThread.withLock { $0[ObjectIdentifier(self)] = nil }
                return nil
            }
            return (entry, output(&state))
        }
    }
}

/// Starts the thread of a writer.
func startWriterThread(_ work: @escaping @Sendable () -> Void) throws(SystemError) {
    try startThread(stackSize: 256 * 1024, inheritsSignalMask: false, work)
}
