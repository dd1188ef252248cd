import Synchronization

/// Writes lines to one place, for callers that must not wait for its reader.
///
/// A line is written at once if the place takes it at once, as it nearly always does. Else it waits for a thread, which is
/// there only while something waits; if too much waits, lines are dropped, and one in their place says how many.
package final class LineWriter: Sendable {
    /// What the owner of the lines is told.
    package enum News: Equatable, Sendable {
        /// A line is missing, the first since all could be written; the error number says why, unless there was no room.
        case linesAreMissing(code: Int32?)
        /// Lines are written again, and so many are missing.
        case isWrittenAgain(missing: Int)
    }

    private struct State {
        var queue: LineQueue
        var outlet: Outlet?
        /// Whether the thread is at work, which then alone writes.
        var isWaiting = false
    }

    /// What waits at most: some thousands of lines.
    private static let capacity = 1 << 20
    /// The writers that have lines to write, for which the end of the process waits a little.
    private static let waiting = Mutex<[ObjectIdentifier: LineWriter]>([:])

    private let state: Mutex<State>
    private let open: @Sendable () -> Outlet
    private let whenNews: @Sendable (News) -> Void

    /// The lines of this process on standard error.
    package static let standardError = LineWriter(opening: { Outlet(sharing: 2) }) { missing in
        Array("\(missing) lines are missing here\n".utf8)
    }

    /// Makes a writer.
    ///
    /// - Parameters:
    ///   - capacity: How many bytes wait at most.
    ///   - open: Gives the place, when it is first written to.
    ///   - isTorn: Whether the place ends within a line.
    ///   - missing: How many lines are missing already, of which nothing need be said in the place.
    ///   - notice: The line that says how many lines are missing where it stands.
    ///   - whenNews: Called, on any thread, when lines are missing and when they are written again.
    init(
        capacity: Int = LineWriter.capacity,
        opening open: @escaping @Sendable () -> Outlet,
        isTorn: Bool = false,
        missing: Int = 0,
        notice: @escaping @Sendable (_ missing: Int) -> [UInt8],
        whenNews: @escaping @Sendable (News) -> Void = { _ in }
    ) {
        self.open = open
        self.whenNews = whenNews
        state = Mutex(
            State(queue: LineQueue(capacity: capacity, isTorn: isTorn, missing: missing, notice: notice))
        )
    }

    /// Makes a writer of lines at the end of a file, which is created if missing.
    ///
    /// - Parameters:
    ///   - path: The path of the file.
    ///   - former: What has written them until now, perhaps to the same file; it still writes what waits there.
    ///   - notice: The line that says how many lines are missing where it stands.
    ///   - whenNews: Called, on any thread, when lines are missing and when they are written again.
    /// - Throws: ``SystemError``, with `ENXIO` for a named pipe without a reader.
    package convenience init(
        appendingTo path: String,
        after former: LineWriter?,
        notice: @escaping @Sendable (_ missing: Int) -> [UInt8],
        whenNews: @escaping @Sendable (News) -> Void
    ) throws(SystemError) {
        let file = try Descriptor.openForAppending(path)
        // If the file was not moved away, its end is as torn as before.
        let isTorn = former?.isTorn ?? false && !file.isEmptyFile
        let outlet = Outlet(owning: file)
        self.init(
            opening: { outlet },
            isTorn: isTorn,
            missing: former?.missing ?? 0,
            notice: notice,
            whenNews: whenNews
        )
    }

    /// Whether a path leads to the pipe or device that lines are written to.
    package func isDevice(at path: String) -> Bool {
        state.withLock { $0.outlet }?.isDevice(at: path) ?? false
    }

    /// Says from now on in this way that lines are missing.
    func describeMissingLines(_ notice: @escaping @Sendable (_ missing: Int) -> [UInt8]) {
        state.withLock { $0.queue.notice = notice }
    }

    /// Opens the place again for what is written next, because its descriptor leads elsewhere from now on.
    package func reopen() {
        state.withLock { $0.outlet = nil }
    }

    private var isTorn: Bool { state.withLock { $0.queue.isTorn } }
    private var missing: Int { state.withLock { $0.queue.missing } }

    /// Writes a line, now or later, without waiting.
    ///
    /// - Parameter line: The line, newline included.
    package func write(_ line: [UInt8]) {
        let (news, mustWait) = state.withLock { state in
            var news: [News] = []
            if let first = state.queue.append(line) {
                news.append(first)
            }
            guard !state.isWaiting else {
                return (news, false)
            }
            writeAtOnce(&state, &news)
            state.isWaiting = !state.queue.isEmpty
            return (news, state.isWaiting)
        }
        news.forEach(whenNews)
        if mustWait {
            startWaiting()
        }
    }

    /// Writes what waits, as far as that takes no time.
    private func writeAtOnce(_ state: inout State, _ news: inout [News]) {
        let outlet = state.outlet ?? open()
        state.outlet = outlet
        while let piece = state.queue.next() {
            let outcome = outlet.write(piece.rest)
            guard outcome != .mustWait else {
                return
            }
            if let latest = state.queue.record(outcome) {
                news.append(latest)
            }
        }
    }
}

// MARK: - Waiting

extension LineWriter {
    /// Waits until every writer of this process has written its lines, or until the deadline.
    package static func finishAll(until deadline: ContinuousClock.Instant) {
        while !waiting.withLock({ $0.isEmpty }), ContinuousClock.now < deadline {
            pause(for: .milliseconds(2))
        }
    }

    private func startWaiting() {
        Self.waiting.withLock { $0[ObjectIdentifier(self)] = self }
        do throws(SystemError) {
            try startThread(stackSize: 256 * 1024, takesSignals: false) { [self] in work() }
        } catch {
            // The next line may find a thread.
            stopWaiting()
        }
    }

    private func stopWaiting() {
        Self.waiting.withLock { $0[ObjectIdentifier(self)] = nil }
        state.withLock { $0.isWaiting = false }
    }

    private func work() {
        while let (piece, outlet) = nextPiece() {
            let outcome = outlet.writeWaiting(piece.rest)
            if let news = state.withLock({ $0.queue.record(outcome) }) {
                whenNews(news)
            }
        }
    }

    /// What the thread has to write; after `nil` there is nothing, and the thread ends.
    private func nextPiece() -> (LineQueue.Piece, Outlet)? {
        state.withLock { state in
            guard let piece = state.queue.next() else {
                state.isWaiting = false
                // Under the lock, so that a writer that has to wait again is not forgotten.
                Self.waiting.withLock { $0[ObjectIdentifier(self)] = nil }
                return nil
            }
            let outlet = state.outlet ?? open()
            state.outlet = outlet
            return (piece, outlet)
        }
    }
}

extension LineQueue {
    /// Records what came of writing the next piece.
    fileprivate mutating func record(_ outcome: Outlet.Attempt) -> LineWriter.News? {
        switch outcome {
        case .wrote(let count): advance(by: count)
        case .failed(let code): fail(code: code)
        case .mustWait: nil
        }
    }
}

extension LineQueue.Piece {
    /// What of it has not been written.
    fileprivate var rest: ArraySlice<UInt8> { bytes[written...] }
}
