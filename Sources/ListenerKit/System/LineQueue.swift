/// A bounded queue of lines that wait to be written to one output, alone or several in one entry.
///
/// Lines that do not fit, or cannot be written, are dropped and counted, and a notice in their place says how many are missing.
/// The queue does no I/O: its owner writes what ``next()`` returns, and records the outcome.
struct LineQueue {
    /// One line or several, or a notice about missing lines.
    struct Entry {
        /// The bytes, including the newline.
        let bytes: [UInt8]
        /// The number of bytes that have been written.
        var written = 0
        /// The number of bytes that count against the capacity.
        fileprivate let size: Int
        /// The number of missing lines that a notice reports; 0 for lines.
        fileprivate let missing: Int

        /// How many lines have not been written as wholes; one that lacks only its newline is completed by what follows.
        fileprivate var unwrittenLines: Int {
            let rest = bytes[written...]
            return rest.newlineCount - (rest.first == UInt8(ascii: "\n") ? 1 : 0)
        }

        /// How many bytes have been written of a line that has not been written as a whole.
        fileprivate var tornByteCount: Int {
            guard written < bytes.count, bytes[written] != UInt8(ascii: "\n") else {
                return 0
            }
            let end = bytes[..<written].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
            return written - end
        }

        fileprivate init(lines: [UInt8]) {
            bytes = lines
            size = lines.count
            missing = 0
        }

        fileprivate init(notice: [UInt8], of missing: Int) {
            bytes = notice
            size = 0
            self.missing = missing
        }

        /// Puts a newline before an entry, because the output ends within a line.
        fileprivate init(afterTornLine entry: Entry) {
            bytes = [UInt8(ascii: "\n")] + entry.bytes
            size = entry.size
            missing = entry.missing
        }
    }

    private let capacity: Int
    /// Makes the line that reports missing lines.
    var notice: @Sendable (_ missing: Int) -> [UInt8]
    private var waiting = Queue<Entry>()
    private var current: Entry?
    /// The number of bytes in the queue.
    private var size = 0
    /// Whether the output ends within a line.
    private(set) var isTorn: Bool
    /// The number of lines dropped for lack of room that no notice reports yet; theirs goes behind all entries.
    private var dropped = 0
    /// The number of lines that could not be written and that no notice reports yet; theirs goes before all entries.
    private var failed = 0
    /// The number of notices in the queue.
    private var notices = 0
    /// The number of lines missing since the last time that every line could be written.
    private(set) var missing: Int

    /// Makes a queue.
    ///
    /// - Parameters:
    ///   - capacity: The largest number of bytes; a single longer line is accepted if the queue is empty.
    ///   - isTorn: Whether the output ends within a line.
    ///   - missing: The number of lines that are missing in the output already.
    ///   - notice: Makes the line that reports missing lines.
    init(
        capacity: Int,
        isTorn: Bool = false,
        missing: Int = 0,
        notice: @escaping @Sendable (_ missing: Int) -> [UInt8]
    ) {
        self.capacity = capacity
        self.isTorn = isTorn
        self.missing = missing
        self.notice = notice
    }

    /// Whether there is nothing to write.
    var isEmpty: Bool { current == nil && waiting.isEmpty }

    /// Whether a line can be written without the queue: nothing waits, or has to be said before it.
    var isIdle: Bool { isEmpty && !isTorn && missing == 0 }

    /// The number of lines that are not in the output: those that wait, and those that are missing.
    var unwrittenLineCount: Int {
        var rest = waiting
        var count = missing + (current?.unwrittenLines ?? 0)
        while let entry = rest.popFirst() {
            count += entry.missing > 0 ? 0 : entry.unwrittenLines
        }
        return count
    }

    /// Adds lines that are written at once, or drops them if there is no room.
    ///
    /// Once a line was dropped, lines are accepted again only when half of the capacity is free, so that one notice reports many.
    ///
    /// - Parameter lines: One line or several, each including its newline.
    /// - Returns: The change in whether lines are missing, if there is one.
    mutating func append(_ lines: [UInt8]) -> LineWriter.StatusChange? {
        guard isEmpty || size + lines.count <= (dropped > 0 ? capacity / 2 : capacity) else {
            let count = lines[...].newlineCount
            dropped += count
            return lose(count, code: nil)
        }
        appendNoticeOfDropped()
        waiting.append(Entry(lines: lines))
        size += lines.count
        return nil
    }

    /// How many bytes at the end of the output belong to a line whose rest has not been written.
    var tornByteCount: Int { current?.tornByteCount ?? 0 }

    /// Records that these bytes have been removed from the output.
    mutating func removeTornBytes() {
        if let entry = current {
            current?.written = entry.written - entry.tornByteCount
            isTorn = false
        }
    }

    /// Returns the entry to write next, the same one until it has been written or has failed; nil if there is none.
    mutating func next() -> Entry? {
        if let current {
            return current
        }
        if failed > 0, !waiting.isEmpty {
            waiting.prepend(Entry(notice: notice(failed), of: failed))
            notices += 1
            failed = 0
        } else if size <= capacity / 2 {
            appendNoticeOfDropped()
        }
        current = waiting.popFirst()
        if isTorn, let entry = current {
            current = Entry(afterTornLine: entry)
        }
        return current
    }

    private mutating func appendNoticeOfDropped() {
        if dropped > 0 {
            waiting.append(Entry(notice: notice(dropped), of: dropped))
            notices += 1
            dropped = 0
        }
    }

    /// Records that more bytes of the next entry have been written.
    ///
    /// - Returns: The change in whether lines are missing, if there is one.
    mutating func advance(by count: Int) -> LineWriter.StatusChange? {
        guard count > 0, var entry = current else {
            return nil
        }
        entry.written = min(entry.written + count, entry.bytes.count)
        isTorn = entry.bytes[entry.written - 1] != UInt8(ascii: "\n")
        guard entry.written == entry.bytes.count else {
            current = entry
            return nil
        }
        remove(entry)
        guard missing > 0, dropped == 0, failed == 0, notices == 0 else {
            return nil
        }
        defer { missing = 0 }
        return .recovered(missing: missing)
    }

    /// Records that the next entry, or the rest of it, cannot be written.
    ///
    /// - Parameter code: The value of `errno`.
    /// - Returns: The change in whether lines are missing, if there is one.
    mutating func fail(code: Int32) -> LineWriter.StatusChange? {
        guard let entry = current else {
            return nil
        }
        remove(entry)
        let count = entry.unwrittenLines
        guard count > 0 else {
            return nil
        }
        guard entry.missing > 0 else {
            failed += count
            return lose(count, code: code)
        }
        failed += entry.missing
        // The line behind a notice would fail too, after another notice about the same lines.
        guard let line = waiting.popFirst() else {
            return nil
        }
        remove(line)
        guard line.missing == 0 else {
            failed += line.missing
            return nil
        }
        failed += line.unwrittenLines
        return lose(line.unwrittenLines, code: code)
    }

    private mutating func remove(_ entry: Entry) {
        current = nil
        size -= entry.size
        notices -= entry.missing > 0 ? 1 : 0
    }

    private mutating func lose(_ count: Int, code: Int32?) -> LineWriter.StatusChange? {
        defer { missing += count }
        return missing == 0 ? .linesDropped(code: code) : nil
    }
}

extension ArraySlice<UInt8> {
    fileprivate var newlineCount: Int {
        count { $0 == UInt8(ascii: "\n") }
    }
}
