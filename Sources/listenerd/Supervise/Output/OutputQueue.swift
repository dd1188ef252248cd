/// A bounded queue of bytes to write, which drops whole lines if it is full.
///
/// Once a line does not fit, it and all that follows are dropped until the queue is empty and a notice is written: so lines are
/// missing in one place, and are counted there. A line whose beginning is queued already is cut off, and counts too.
struct OutputQueue {
    /// How many bytes it holds at most, apart from the newline after the last line before a gap.
    let capacity: Int
    /// How many dropped lines no notice has mentioned yet.
    private(set) var droppedLines = 0
    /// Whether a line did not fit, so that lines are dropped until the gap is closed.
    private(set) var isDropping = false

    private var bytes: [UInt8] = []
    /// The index in `bytes` of the first byte that was not removed.
    private var start = 0
    /// Whether the last line in the queue is incomplete.
    private var endsInsideLine = false
    /// Whether the last line in the queue was cut off, because its rest is dropped.
    private var endsWithCutLine = false
    /// Whether the last dropped line is incomplete.
    private var isInsideDroppedLine = false

    private static let newline = UInt8(ascii: "\n")

    /// Creates an empty queue.
    init(capacity: Int) {
        self.capacity = capacity
    }

    /// How many bytes are in the queue.
    var count: Int { bytes.count - start }

    /// Whether the queue is empty.
    var isEmpty: Bool { count == 0 }

    /// How many lines are missing after the last byte that was removed; nil if none are, or if a notice cannot be written there.
    ///
    /// It can be if the queue is empty, and that byte was the end of a line.
    var gap: Int? {
        isEmpty && !endsInsideLine && droppedLines > 0 ? droppedLines : nil
    }

    /// Returns how many lines no notice has mentioned that are missing, or would be if the queue were never written.
    ///
    /// - Parameter removed: The bytes that were removed last, and have not been written either.
    /// - Returns: How many; a line of which a part is written counts.
    func unwrittenLines(after removed: ArraySlice<UInt8>) -> Int {
        let unwritten = removed + bytes[start...]
        let last = unwritten.isEmpty || !endsWithCutLine ? 0 : 1
        return droppedLines + (unwritten.isEmpty ? 0 : lines(in: unwritten)) - last
    }

    /// Whether that many bytes fit.
    func hasRoom(for count: Int) -> Bool {
        !isDropping && count <= capacity - self.count
    }

    /// Adds bytes; drops lines that do not fit, and counts them.
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
            startDropping(&rest)
        }
        drop(rest)
    }

    /// Removes the first bytes.
    ///
    /// - Parameter limit: How many at most.
    /// - Returns: The bytes; none if the queue is empty.
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

    /// Counts lines that were removed and could not be written.
    mutating func countLost(_ lost: ArraySlice<UInt8>) {
        droppedLines += lines(in: lost)
        // Only queued bytes show whether writing works again.
        isDropping = isDropping && !isEmpty
    }

    /// Forgets dropped lines, because a notice mentions them.
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
        endsWithCutLine = false
    }

    /// Starts to drop with a line that does not fit, or with the rest of one.
    private mutating func startDropping(_ rest: inout ArraySlice<UInt8>) {
        endsWithCutLine = false
        if endsInsideLine {
            queue([Self.newline])
            // The line may have lacked nothing but its newline.
            if rest.first == Self.newline {
                rest = rest.dropFirst()
            } else {
                endsWithCutLine = true
            }
        }
        isDropping = !rest.isEmpty
    }

    private mutating func drop(_ dropped: ArraySlice<UInt8>) {
        guard let last = dropped.last else {
            return
        }
        // A line whose beginning was dropped before was counted then.
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

    /// Returns how many lines there are, including an incomplete last one.
    private func lines(in bytes: ArraySlice<UInt8>) -> Int {
        bytes.count { $0 == Self.newline } + (bytes.last.map { $0 == Self.newline } ?? true ? 0 : 1)
    }
}
