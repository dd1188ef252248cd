import ListenerKit

/// The state of an ``OutputRelay`` that its two threads share.
struct RelayState {
    /// A piece of output to write.
    enum Piece {
        /// Bytes of the writers.
        case bytes([UInt8])
        /// A notice that this many lines are missing here.
        case notice(Int)
    }

    /// When the reader last read something, or was given something to read.
    var lastProgress = ContinuousClock.now
    /// Whether the reading thread waits for input, so that it has nothing that is not in the queue.
    var isWaitingForInput = false

    private let stallTimeout: Duration
    private var queue: OutputQueue
    /// Whether the writing thread is at work, or about to be.
    private var isWriting = false
    /// What it is writing, without what is written.
    private var unwritten: ArraySlice<UInt8> = []
    /// How long writers may still be held up; nil for no limit.
    private var remainingHoldUp: Duration?

    /// Creates the state of a relay that has nothing to write.
    ///
    /// - Parameters:
    ///   - capacity: How many bytes are queued at most.
    ///   - stallTimeout: How long a reader may read nothing before it has stalled.
    init(capacity: Int, stallTimeout: Duration) {
        queue = OutputQueue(capacity: capacity)
        self.stallTimeout = stallTimeout
    }

    /// Whether neither thread has anything to pass on.
    var isIdle: Bool { isWaitingForInput && !isWriting }

    /// Limits how long writers are held up from now on, in all.
    mutating func limitHoldUps() {
        remainingHoldUp = min(remainingHoldUp ?? stallTimeout, stallTimeout)
    }

    /// Adds input to the queue.
    ///
    /// - Returns: Whether the writing thread has to be woken.
    mutating func append(_ bytes: ArraySlice<UInt8>) -> Bool {
        queue.append(bytes)
        guard !isWriting else {
            return false
        }
        isWriting = true
        lastProgress = .now
        return true
    }

    /// Returns whether to wait before input is added, because the queue is full and the reader has not stalled.
    ///
    /// - Parameters:
    ///   - count: How many bytes are to be added.
    ///   - interval: How long to wait; it counts as a hold-up.
    /// - Returns: Whether to wait.
    mutating func mustWait(forRoom count: Int, _ interval: Duration) -> Bool {
        guard isWriting, !queue.isDropping, !queue.hasRoom(for: count), .now < lastProgress + stallTimeout,
            remainingHoldUp ?? interval >= interval
        else {
            return false
        }
        remainingHoldUp? -= interval
        return true
    }

    /// Returns what to write next; nil if there is nothing.
    mutating func nextPiece(atMost limit: Int) -> Piece? {
        if let lines = queue.gap {
            // The notice is written once, right after the last line; further input is written after it.
            queue.closeGap(lines)
            return .notice(lines)
        }
        isWriting = !queue.isEmpty
        guard isWriting else {
            return nil
        }
        let bytes = queue.removeFirst(atMost: limit)
        unwritten = bytes[...]
        return .bytes(bytes)
    }

    /// Records that some of the bytes are written.
    mutating func advance(by count: Int) {
        unwritten = unwritten.dropFirst(count)
        lastProgress = .now
    }

    /// Records that writing has failed.
    mutating func stopWriting() {
        queue.countLost(unwritten)
        unwritten = []
        isWriting = false
    }

    /// How many lines are missing at the end, without those that a notice has mentioned.
    var missingLines: Int { queue.unwrittenLines(after: unwritten) }
}
