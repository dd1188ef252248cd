/// Bytes that wait to be written: bounded, and short of whole lines if there are too many.
///
/// Once a line does not fit, it and all that follows are dropped until the queue is empty and a message says so: what is
/// missing is missing in one place, and is counted there. A line of which the beginning was queued already ends early, and counts too.
struct OutputQueue {
    /// How many bytes it holds at most, apart from the newline behind the last line before a gap.
    let capacity: Int
    /// How many dropped lines no message has mentioned yet.
    private(set) var droppedLines = 0
    /// Whether a line did not fit, so that lines are dropped until the gap is closed.
    private(set) var isDropping = false

    private var bytes: [UInt8] = []
    /// Where in `bytes` what has not been removed begins.
    private var start = 0
    /// Whether the rest of the line that was queued last is still to come.
    private var endsInsideLine = false
    /// Whether the rest of a dropped line is still to come.
    private var isInsideDroppedLine = false

    private static let newline = UInt8(ascii: "\n")

    /// Makes an empty queue.
    init(capacity: Int) {
        self.capacity = capacity
    }

    /// How many bytes wait.
    var count: Int { bytes.count - start }

    /// Whether nothing waits.
    var isEmpty: Bool { count == 0 }

    /// How many lines are missing behind the last byte that was removed; nil if none is, or if nothing can be said there.
    ///
    /// It can if nothing waits, and that byte was the end of a line.
    var gap: Int? {
        isEmpty && !endsInsideLine && droppedLines > 0 ? droppedLines : nil
    }

    /// Whether so many bytes would all be queued.
    func hasRoom(for count: Int) -> Bool {
        !isDropping && count <= capacity - self.count
    }

    /// Adds bytes, or counts the lines of which they are if there is no room.
    mutating func append(_ new: ArraySlice<UInt8>) {
        var rest = new
        if !isDropping {
            if isInsideDroppedLine {
                skipDroppedLine(&rest)
            }
            let room = max(0, capacity - count)
            if rest.count <= room {
                return queue(rest)
            }
            let fitting = rest.prefix(room).lastIndex(of: Self.newline).map { rest[...$0] } ?? rest.prefix(0)
            queue(fitting)
            rest = rest[fitting.endIndex...]
            beginToDrop(&rest)
        }
        drop(rest)
    }

    /// Removes the first bytes.
    ///
    /// - Parameter limit: How many at most.
    /// - Returns: The bytes; none if nothing waits.
    mutating func removeFirst(atMost limit: Int) -> [UInt8] {
        let end = start + min(limit, count)
        let first = Array(bytes[start..<end])
        start = end
        if isEmpty {
            bytes.removeAll(keepingCapacity: true)
            start = 0
        } else if start > capacity {
            bytes.removeSubrange(..<start)
            start = 0
        }
        return first
    }

    /// Counts lines that were removed, but could not be written.
    mutating func countLost(_ lost: ArraySlice<UInt8>) {
        droppedLines += lines(in: lost)
        // Only what is queued shows whether writing works again.
        isDropping = isDropping && !isEmpty
    }

    /// Forgets dropped lines, because a message has mentioned them.
    mutating func closeGap(_ lines: Int) {
        droppedLines -= lines
        isDropping = isDropping && droppedLines > 0
    }

    private mutating func queue(_ new: ArraySlice<UInt8>) {
        guard let last = new.last else {
            return
        }
        bytes += new
        endsInsideLine = last != Self.newline
    }

    /// Begins with what is left: a line that does not fit, or the rest of one.
    private mutating func beginToDrop(_ rest: inout ArraySlice<UInt8>) {
        if endsInsideLine {
            queue([Self.newline])
            // If that is all that the line lacked, it is complete.
            if rest.first == Self.newline {
                rest = rest.dropFirst()
            }
        }
        isDropping = !rest.isEmpty
    }

    private mutating func drop(_ dropped: ArraySlice<UInt8>) {
        guard let last = dropped.last else {
            return
        }
        // One that had begun before was counted then.
        droppedLines += lines(in: dropped) - (isInsideDroppedLine ? 1 : 0)
        isInsideDroppedLine = last != Self.newline
    }

    private mutating func skipDroppedLine(_ rest: inout ArraySlice<UInt8>) {
        guard let end = rest.firstIndex(of: Self.newline) else {
            rest = rest.suffix(0)
            return
        }
        rest = rest[rest.index(after: end)...]
        isInsideDroppedLine = false
    }

    /// How many lines there are, of which the last need not have an end.
    private func lines(in bytes: ArraySlice<UInt8>) -> Int {
        bytes.count { $0 == Self.newline } + (bytes.last.map { $0 == Self.newline } ?? true ? 0 : 1)
    }
}
