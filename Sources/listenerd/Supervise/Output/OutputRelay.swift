import ListenerKit
import Synchronization

/// Relays a standard stream to its reader, so that a reader that has stopped reading holds up no writer.
///
/// One thread reads what this process and its children write, another passes it on, with a queue in between. A reader that
/// reads, however slowly, loses nothing: if the queue is full, writers wait as they would without the relay. If it has read
/// nothing for a while, whole lines are dropped and counted, and a line in their place says how many.
final class OutputRelay: Sendable {
    /// Writes a line, newline included, as a ``Reporter`` has it.
    typealias Write = @Sendable ([UInt8]) -> Void

    private struct State {
        var queue: OutputQueue
        /// Whether the writing thread is at work, or is about to be.
        var isWriting = false
        /// When the reader last took something, or was first given something.
        var lastProgress = ContinuousClock.now
        /// Whether the reading thread has nothing that is not in the queue.
        var isWaitingForInput = false
        /// How long those who write may still be held up; nil if that is not limited.
        var remainingHoldUp: Duration?
    }

    /// So much waits at most: some ten thousand lines.
    private static let capacity = 1 << 20
    /// As much as is read and removed at once, which is what a pipe holds.
    private static let pieceSize = 1 << 16
    /// As much is written at once, so that it shows when the reader gets on; a pipe takes it as a whole or not at all.
    private static let writeSize = 4096
    /// How long a reader may read nothing before it no longer holds up writers.
    private static let stallTimeout = Duration.seconds(1)
    /// How long a reader that reads slowly may hold up the end.
    private static let finishTimeout = Duration.seconds(3)

    private let streams: [StandardStream]
    private let stallTimeout: Duration
    private let pipe: Pipe
    private let target: FileDescriptor
    /// Says how many lines are missing, given what writes to the reader.
    private let makeReporter: @Sendable (@escaping Write) -> Reporter
    private let state: Mutex<State>
    private let work = Semaphore()

    /// Puts a relay in the place of standard streams that lead to the same reader.
    ///
    /// - Parameters:
    ///   - streams: The streams, one at least.
    ///   - capacity: How many bytes wait at most.
    ///   - stallTimeout: How long a reader may take nothing before what does not fit is dropped.
    ///   - makeReporter: Makes what says how many lines are missing; it may say that by the function that it is given, which
    ///     writes where they are missing, or elsewhere.
    /// - Throws: ``SystemError``.
    init(
        inPlaceOf streams: [StandardStream],
        capacity: Int = OutputRelay.capacity,
        stallTimeout: Duration = OutputRelay.stallTimeout,
        makeReporter: @escaping @Sendable (@escaping Write) -> Reporter
    ) throws(SystemError) {
        self.streams = streams
        self.stallTimeout = stallTimeout
        self.makeReporter = makeReporter
        state = Mutex(State(queue: OutputQueue(capacity: capacity)))
        target = try (streams.first ?? .error).duplicate()
        pipe = try Pipe.open()
        // supervisord opens /dev/stderr as whatever user it has become.
        try pipe.openToWriters()
        try startThread(stackSize: 256 * 1024, inheritsSignalMask: false) { [self] in passOn() }
        try startThread(stackSize: 256 * 1024, inheritsSignalMask: false) { [self] in gather() }
        for stream in streams {
            try stream.redirect(to: pipe.writeEnd)
        }
    }

    /// Limits for how long those who write are held up from now on, all in all, because they are to end.
    func hurry() {
        state.withLock { $0.remainingHoldUp = min($0.remainingHoldUp ?? stallTimeout, stallTimeout) }
    }

    /// Waits until all that was written has been passed on, or for as long as the reader gets on; then the streams lead to
    /// the reader again, unless that one could hold up this process.
    func finish() {
        hurry()
        let start = ContinuousClock.now
        while !isEmpty {
            let lastProgress = state.withLock { max($0.lastProgress, start) }
            guard .now < min(start + Self.finishTimeout, lastProgress + stallTimeout) else {
                return
            }
            pause(for: .milliseconds(1))
        }
        for stream in streams {
            // If that fails the relay stays, and loses what follows: nothing can report that.
            try? stream.redirect(to: target)
        }
    }

    /// Whether nothing is on its way.
    ///
    /// What was in the pipe before the first look is with one of the threads at the second.
    private var isEmpty: Bool {
        let hasInput = !poll(for: [pipe.readEnd.rawValue], until: .now).isEmpty
        return !hasInput && state.withLock { $0.isWaitingForInput && !$0.isWriting }
    }
}

// MARK: - Those who write

extension OutputRelay {
    private func gather() {
        var buffer = [UInt8](repeating: 0, count: Self.pieceSize)
        while true {
            if poll(for: [pipe.readEnd.rawValue], until: .now).isEmpty {
                state.withLock { $0.isWaitingForInput = true }
                _ = poll(for: [pipe.readEnd.rawValue], until: nil)
                state.withLock { $0.isWaitingForInput = false }
            }
            // The other end is never closed, and never fails.
            guard let count = try? pipe.readEnd.read(into: &buffer), count > 0 else {
                return
            }
            waitForRoom(for: count)
            if append(buffer[..<count]) {
                work.signal()
            }
        }
    }

    /// Adds to the queue.
    ///
    /// - Returns: Whether the writing thread has to begin.
    private func append(_ bytes: ArraySlice<UInt8>) -> Bool {
        state.withLock { state in
            state.queue.append(bytes)
            guard !state.isWriting else {
                return false
            }
            state.isWriting = true
            state.lastProgress = .now
            return true
        }
    }

    /// Waits until the queue has room, or the reader does not get on.
    private func waitForRoom(for count: Int) {
        var interval = Duration.milliseconds(1)
        while mustWait(for: count, interval) {
            pause(for: interval)
            interval = min(interval * 2, .milliseconds(20))
        }
    }

    private func mustWait(for count: Int, _ interval: Duration) -> Bool {
        state.withLock { state in
            guard state.isWriting, !state.queue.isDropping, !state.queue.hasRoom(for: count),
                .now < state.lastProgress + stallTimeout, state.remainingHoldUp ?? interval >= interval
            else {
                return false
            }
            state.remainingHoldUp? -= interval
            return true
        }
    }
}

// MARK: - Who reads

extension OutputRelay {
    private func passOn() {
        while true {
            work.wait()
            while let piece = nextPiece(), write(piece) {}
        }
    }

    /// What is to be written now; nil if nothing is.
    private func nextPiece() -> Piece? {
        state.withLock { state in
            if let lines = state.queue.gap {
                // It is tried only behind what was written; what comes from now on is written behind it.
                state.queue.closeGap(lines)
                return .notice(lines)
            }
            state.isWriting = !state.queue.isEmpty
            return state.isWriting ? .bytes(state.queue.removeFirst(atMost: Self.pieceSize)) : nil
        }
    }

    private enum Piece {
        case bytes([UInt8])
        /// So many lines are missing here.
        case notice(Int)
    }

    /// Writes a piece.
    ///
    /// - Returns: Whether that went well; else it waits for more to write before it is tried again, as a reader that is gone
    ///   may come back: a named pipe can be opened again.
    private func write(_ piece: Piece) -> Bool {
        switch piece {
        case .bytes(let bytes):
            var rest = bytes[...]
            guard write(&rest) else {
                state.withLock { state in
                    state.queue.countLost(rest)
                    state.isWriting = false
                }
                return false
            }
        case .notice(let lines):
            announce(lines)
        }
        return true
    }

    private func write(_ rest: inout ArraySlice<UInt8>) -> Bool {
        while !rest.isEmpty {
            guard let count = try? target.writeSome(rest.prefix(Self.writeSize)) else {
                return false
            }
            rest = rest.dropFirst(count)
            state.withLock { $0.lastProgress = .now }
        }
        return true
    }

    private func announce(_ lines: Int) {
        let place = streams.map(\.name).joined(separator: " and ")
        let message = """
            \(lines) line\(lines == 1 ? " is" : "s are") missing from \(place): its reader stopped reading, and supervisord \
            does not wait for it
            """
        let reporter = makeReporter { [self] line in
            var rest = line[...]
            _ = write(&rest)
        }
        reporter.report(.warning, message)
    }
}
