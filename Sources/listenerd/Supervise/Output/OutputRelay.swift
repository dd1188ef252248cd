import ListenerKit
import Synchronization

/// Relays a standard stream to its reader, so that a reader that has stopped reading does not hold up writers.
///
/// One thread reads what this process and its children write, another one passes it on, with a queue in between. A reader that
/// keeps reading, however slowly, loses nothing: if the queue is full, writers wait as they would without the relay. If the reader
/// has stalled, whole lines are dropped, and a notice in their place says how many.
final class OutputRelay: Sendable {
    /// Writes a line, with its newline, as a ``Reporter`` does.
    typealias Write = @Sendable ([UInt8]) -> Void

    /// How many bytes are queued at most: some ten thousand lines.
    private static let capacity = 1 << 20
    /// How many bytes are read at once: what a pipe holds.
    private static let readSize = 1 << 16
    /// How many bytes are written at once, so that the progress of a slow reader shows; a pipe takes them as a whole or not at all.
    private static let writeSize = 4096
    /// How long a reader may read nothing before it no longer holds up writers.
    private static let stallTimeout = Duration.seconds(1)
    /// How long a reader that reads slowly may hold up the end.
    private static let finishTimeout = Duration.seconds(3)
    /// How long any reader may hold up the end once the time limit of the stop has passed.
    private static let overdueTimeout = Duration.milliseconds(100)

    private let streams: [StandardStream]
    private let stallTimeout: Duration
    private let pipe: Pipe
    private let target: FileDescriptor
    /// Creates the reporter of missing lines, given a function that writes to the reader.
    private let makeReporter: @Sendable (@escaping Write) -> Reporter
    /// Whether missing lines are reported to another reader, also at the end.
    private let reportsElsewhere: Bool
    private let state: Mutex<RelayState>
    private let mustWrite = Semaphore()
    /// Whether the time limit of the stop has passed.
    private let isHurried = Atomic<Bool>(false)

    /// Puts a relay in the place of standard streams that lead to the same reader.
    ///
    /// - Parameters:
    ///   - streams: The streams, at least one.
    ///   - capacity: How many bytes are queued at most.
    ///   - stallTimeout: How long a reader may read nothing before lines that do not fit are dropped.
    ///   - reportsElsewhere: Whether the reporter of missing lines writes to another place than the one where they are missing.
    ///   - makeReporter: Creates the reporter of missing lines. It may write by the function that it gets, which writes to the place
    ///     where they are missing, or elsewhere.
    /// - Throws: ``SystemError``.
    init(
        inPlaceOf streams: [StandardStream],
        capacity: Int = OutputRelay.capacity,
        stallTimeout: Duration = OutputRelay.stallTimeout,
        reportsElsewhere: Bool = false,
        makeReporter: @escaping @Sendable (@escaping Write) -> Reporter
    ) throws(SystemError) {
        self.streams = streams
        self.stallTimeout = stallTimeout
        self.makeReporter = makeReporter
        self.reportsElsewhere = reportsElsewhere
        state = Mutex(RelayState(capacity: capacity, stallTimeout: stallTimeout))
        target = try (streams.first ?? .error).duplicate()
        pipe = try Pipe.open()
        // supervisord opens /dev/stderr as the user that it becomes.
        try pipe.openToWriters()
        try startThread(stackSize: 256 * 1024, inheritsSignalMask: false) { [self] in writeQueue() }
        try startThread(stackSize: 256 * 1024, inheritsSignalMask: false) { [self] in readInput() }
        for stream in streams {
            try stream.redirect(to: pipe.writeEnd)
        }
    }

    /// Limits how long writers are held up from now on, in all, because they are to exit.
    func limitHoldUps() {
        state.withLock { $0.limitHoldUps() }
    }

    /// Limits how long any reader may hold up the end, because the time limit of the stop has passed.
    func hurry() {
        isHurried.store(true, ordering: .relaxed)
    }

    /// How long a reader that keeps reading may hold up the end.
    var finishLimit: Duration {
        isHurried.load(ordering: .relaxed) ? Self.overdueTimeout : Self.finishTimeout
    }

    /// Waits until everything has been passed on, as long as the reader keeps reading.
    ///
    /// Then the streams lead to the reader again, unless that could block this process. What the reader does not get any more is
    /// reported if another one gets the report.
    func finish() {
        limitHoldUps()
        defer { reportMissingLines() }
        let start = ContinuousClock.now
        while !isEmpty {
            let lastProgress = state.withLock { max($0.lastProgress, start) }
            guard .now < min(start + finishLimit, lastProgress + stallTimeout) else {
                return
            }
            pause(for: .milliseconds(1))
        }
        for stream in streams {
            // If that fails, the relay stays and loses what follows, which cannot be reported.
            try? stream.redirect(to: target)
        }
    }

    private func reportMissingLines() {
        let lines = state.withLock { $0.missingLines }
        if reportsElsewhere, lines > 0 {
            writeNotice(lines)
        }
    }

    /// Whether everything that was written has been passed on.
    ///
    /// Bytes that the first check finds in the pipe are with one of the threads at the second.
    private var isEmpty: Bool {
        let hasInput = !poll(for: [pipe.readEnd.rawValue], until: .now).isEmpty
        return !hasInput && state.withLock { $0.isIdle }
    }
}

// MARK: - From the writers into the queue

extension OutputRelay {
    private func readInput() {
        var buffer = [UInt8](repeating: 0, count: Self.readSize)
        while true {
            if poll(for: [pipe.readEnd.rawValue], until: .now).isEmpty {
                state.withLock { $0.isWaitingForInput = true }
                _ = poll(for: [pipe.readEnd.rawValue], until: nil)
                state.withLock { $0.isWaitingForInput = false }
            }
            // The write end is never closed, and reading never fails.
            guard let count = try? pipe.readEnd.read(into: &buffer), count > 0 else {
                return
            }
            waitForRoom(for: count)
            if state.withLock({ $0.append(buffer[..<count]) }) {
                mustWrite.signal()
            }
        }
    }

    /// Waits until the queue has room, or the reader has stalled.
    private func waitForRoom(for count: Int) {
        var interval = Duration.milliseconds(1)
        while state.withLock({ $0.mustWait(forRoom: count, interval) }) {
            pause(for: interval)
            interval = min(interval * 2, .milliseconds(20))
        }
    }
}

// MARK: - From the queue to the reader

extension OutputRelay {
    private func writeQueue() {
        while true {
            mustWrite.wait()
            while let piece = state.withLock({ $0.nextPiece(atMost: Self.readSize) }), write(piece) {}
        }
    }

    /// Writes a piece.
    ///
    /// - Returns: Whether that succeeded. If not, it is tried again when there is more to write: a reader that is gone may come back,
    ///   since a named pipe can be opened again.
    private func write(_ piece: RelayState.Piece) -> Bool {
        switch piece {
        case .bytes(let bytes):
            var rest = bytes[...]
            guard write(&rest, whenWritten: { count in state.withLock { $0.advance(by: count) } }) else {
                state.withLock { $0.stopWriting() }
                return false
            }
        case .notice(let lines):
            writeNotice(lines)
        }
        return true
    }

    private func write(_ rest: inout ArraySlice<UInt8>, whenWritten: (Int) -> Void) -> Bool {
        while !rest.isEmpty {
            guard let count = try? target.writeSome(rest.prefix(Self.writeSize)) else {
                return false
            }
            rest = rest.dropFirst(count)
            whenWritten(count)
        }
        return true
    }

    private func writeNotice(_ lines: Int) {
        let place = streams.map(\.name).joined(separator: " and ")
        let message = """
            \(lines) line\(lines == 1 ? " is" : "s are") missing from \(place): its reader stopped reading, and supervisord \
            does not wait for it
            """
        let reporter = makeReporter { [self] line in
            var rest = line[...]
            _ = write(&rest) { _ in state.withLock { $0.lastProgress = .now } }
        }
        reporter.report(.warning, message)
    }
}
