/// Lines that wait to be written to one place, up to a limit.
///
/// What does not fit, and what cannot be written, is counted, and a line in its place says how many there were. It does no
/// I/O: the caller writes what ``next()`` returns, and records the outcome.
struct LineQueue {
    /// Something to write.
    struct Piece {
        /// All of it, newline included.
        let bytes: [UInt8]
        /// How many of the bytes have been written.
        var written = 0
        /// How much room it takes in the queue.
        fileprivate let size: Int
        /// How many missing lines it tells of; 0 if it is a line itself.
        fileprivate let missing: Int

        fileprivate init(line: [UInt8]) {
            bytes = line
            size = line.count
            missing = 0
        }

        fileprivate init(notice: [UInt8], of missing: Int) {
            bytes = notice
            size = 0
            self.missing = missing
        }

        /// The same on a line of its own, behind one that was cut off.
        fileprivate init(afterTornLine piece: Piece) {
            bytes = [UInt8(ascii: "\n")] + piece.bytes
            size = piece.size
            missing = piece.missing
        }
    }

    private let capacity: Int
    /// The line that says how many lines are missing where it stands.
    var notice: @Sendable (_ missing: Int) -> [UInt8]
    private var waiting = Queue<Piece>()
    private var current: Piece?
    /// How many bytes wait.
    private var size = 0
    /// Whether what was written last ends within a line.
    private(set) var isTorn: Bool
    /// The lines for which there was no room, if no notice tells of them yet; it belongs behind all that waits.
    private var dropped = 0
    /// The lines that could not be written, if no notice tells of them yet; it belongs before all that waits.
    private var failed = 0
    /// How many notices wait.
    private var notices = 0
    /// All missing lines since all could be written.
    private(set) var missing: Int

    /// Makes a queue.
    ///
    /// - Parameters:
    ///   - capacity: How many bytes wait at most; a line that is longer waits if it is the only one.
    ///   - isTorn: Whether the place where they go ends within a line.
    ///   - missing: How many lines were to go there and are missing already.
    ///   - notice: The line that says how many lines are missing where it stands.
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

    /// Whether nothing waits.
    var isEmpty: Bool { current == nil && waiting.isEmpty }

    /// Adds a line, if there is room.
    ///
    /// Once a line was dropped, there is room again when half of it is free: one notice tells of many lines.
    ///
    /// - Parameter line: The line, newline included.
    /// - Returns: What is news.
    mutating func append(_ line: [UInt8]) -> LineWriter.News? {
        guard isEmpty || size + line.count <= (dropped > 0 ? capacity / 2 : capacity) else {
            dropped += 1
            return lose(1, code: nil)
        }
        putNoticeOfDropped()
        waiting.append(Piece(line: line))
        size += line.count
        return nil
    }

    /// What is to be written next, and stays so until it has been written or has failed; `nil` if nothing waits.
    mutating func next() -> Piece? {
        if let current {
            return current
        }
        if failed > 0, !waiting.isEmpty {
            waiting.prepend(Piece(notice: notice(failed), of: failed))
            notices += 1
            failed = 0
        } else if size <= capacity / 2 {
            putNoticeOfDropped()
        }
        current = waiting.popFirst()
        if isTorn, let piece = current {
            current = Piece(afterTornLine: piece)
        }
        return current
    }

    private mutating func putNoticeOfDropped() {
        if dropped > 0 {
            waiting.append(Piece(notice: notice(dropped), of: dropped))
            notices += 1
            dropped = 0
        }
    }

    /// Records that some more bytes of the next piece have been written.
    ///
    /// - Returns: What is news.
    mutating func advance(by count: Int) -> LineWriter.News? {
        guard count > 0, var piece = current else {
            return nil
        }
        piece.written = min(piece.written + count, piece.bytes.count)
        isTorn = piece.bytes[piece.written - 1] != UInt8(ascii: "\n")
        guard piece.written == piece.bytes.count else {
            current = piece
            return nil
        }
        remove(piece)
        guard missing > 0, dropped == 0, failed == 0, notices == 0 else {
            return nil
        }
        defer { missing = 0 }
        return .isWrittenAgain(missing: missing)
    }

    /// Records that the next piece, or the rest of it, cannot be written.
    ///
    /// - Parameter code: The error number.
    /// - Returns: What is news.
    mutating func fail(code: Int32) -> LineWriter.News? {
        guard let piece = current else {
            return nil
        }
        remove(piece)
        // The newline that closes what is torn completes it.
        guard piece.written < piece.bytes.count - 1 else {
            return nil
        }
        guard piece.missing > 0 else {
            failed += 1
            return lose(1, code: code)
        }
        failed += piece.missing
        // What follows a notice would fail like it, and would only be announced by another one.
        guard let line = waiting.popFirst() else {
            return nil
        }
        remove(line)
        failed += max(line.missing, 1)
        return line.missing > 0 ? nil : lose(1, code: code)
    }

    private mutating func remove(_ piece: Piece) {
        current = nil
        size -= piece.size
        notices -= piece.missing > 0 ? 1 : 0
    }

    private mutating func lose(_ count: Int, code: Int32?) -> LineWriter.News? {
        defer { missing += count }
        return missing == 0 ? .linesAreMissing(code: code) : nil
    }
}
