import ExecutableTesting
import Testing

@testable import listenerd

/// What is queued for a slow reader, and what is dropped.
@Suite struct OutputQueueTests {
    private func append(_ text: String, to queue: inout OutputQueue) {
        queue.append(Array(text.utf8)[...])
    }

    /// A queue to which pieces were added.
    private func queue(of pieces: [String]) -> OutputQueue {
        var queue = OutputQueue(capacity: 8)
        for piece in pieces {
            append(piece, to: &queue)
        }
        return queue
    }

    private func removeAll(from queue: inout OutputQueue) -> String {
        String(decoding: queue.removeFirst(atMost: .max), as: UTF8.self)
    }

    @Test func outputThatFitsIsUnchanged() {
        var queue = OutputQueue(capacity: 10)
        for piece in ["a\nb", "", "c\nd", "efg"] {
            #expect(queue.hasRoom(for: piece.utf8.count))
            append(piece, to: &queue)
        }
        #expect(queue.count == 9)
        #expect(queue.hasRoom(for: 1) && !queue.hasRoom(for: 2))
        #expect(String(decoding: queue.removeFirst(atMost: 4), as: UTF8.self) == "a\nbc")
        #expect(removeAll(from: &queue) == "\ndefg")
        #expect(queue.isEmpty)
        #expect(queue.gap == nil)
    }

    /// The pieces that are added to a queue of 8 bytes, the bytes that are removed, how many lines are missing then, and the bytes of
    /// a piece that is added after the notice.
    static let overflows: [(pieces: [String], first: String, lines: Int, next: String, second: String)] = [
        (["1\n2\n3\n4\n5\n"], "1\n2\n3\n4\n", 1, "6\n", "6\n"),
        (["1\n2\n3\n", "too long\n", "4\n"], "1\n2\n3\n", 2, "5\n", "5\n"),
        // The end of a cut-off line is dropped.
        (["1\n2\n3\n", "too", " long\n", "4\n"], "1\n2\n3\n", 2, "5\n", "5\n"),
        (["abcdef", "ghi\n", "4\n"], "abcdef\n", 2, "5\n", "5\n"),
        (["abcdef", "ghi"], "abcdef\n", 1, "jkl\nmn", "mn"),
        (["1\n", "longer than that", " still", " it\n"], "1\n", 1, "2\n", "2\n"),
        (["1\n", "longer than that", " still"], "1\n", 1, " and still", ""),
        (["longer than all"], "", 1, " it is\n2\n", "2\n"),
        (["12345678", "\n2\n"], "12345678\n", 1, "3\n", "3\n"),
    ]

    @Test(arguments: overflows)
    func whatIsNeverWrittenIsCounted(
        pieces: [String],
        first: String,
        lines: Int,
        next: String,
        second: String
    ) {
        var queue = queue(of: pieces)
        let all = pieces.joined().split(separator: "\n").count
        #expect(queue.unwrittenLines(after: []) == all)
        let removed = queue.removeFirst(atMost: 3)
        #expect(queue.unwrittenLines(after: removed[...]) == all)
        _ = removeAll(from: &queue)
        #expect(queue.unwrittenLines(after: []) == lines)
    }

    @Test(arguments: overflows)
    func linesAreDroppedWholeAndCounted(
        pieces: [String],
        first: String,
        lines: Int,
        next: String,
        second: String
    ) {
        var queue = queue(of: pieces)
        #expect(queue.isDropping)
        #expect(queue.gap == (first.isEmpty ? lines : nil))
        #expect(removeAll(from: &queue) == first)
        #expect(queue.gap == lines)
        queue.closeGap(lines)
        #expect(queue.gap == nil && !queue.isDropping)
        append(next, to: &queue)
        #expect(removeAll(from: &queue) == second)
        #expect(queue.droppedLines == 0)
    }

    @Test func aLineWhoseEndAloneDoesNotFitIsComplete() {
        var queue = OutputQueue(capacity: 4)
        append("1234", to: &queue)
        append("\n", to: &queue)
        #expect(!queue.isDropping)
        #expect(removeAll(from: &queue) == "1234\n")
        #expect(queue.gap == nil)
    }

    @Test func missingOutputIsOneGap() {
        var queue = OutputQueue(capacity: 4)
        append("1\n2\n3\n", to: &queue)
        #expect(queue.removeFirst(atMost: 2) == Array("1\n".utf8))
        append("4\n", to: &queue)
        #expect(removeAll(from: &queue) == "2\n")
        append("5\n", to: &queue)
        #expect(queue.gap == 3)
        queue.closeGap(2)
        #expect(queue.gap == 1 && queue.isDropping)
        queue.closeGap(1)
        append("6\n", to: &queue)
        #expect(removeAll(from: &queue) == "6\n")
    }

    @Test func unwrittenPiecesCountAndTheNextPieceIsATrial() {
        var queue = OutputQueue(capacity: 100)
        append("1\n2\n3", to: &queue)
        let piece = queue.removeFirst(atMost: 100)
        queue.countLost(piece[...])
        #expect(queue.droppedLines == 3)
        // No notice is written within a line.
        #expect(queue.gap == nil)
        append("4\n", to: &queue)
        #expect(queue.gap == nil)
        #expect(removeAll(from: &queue) == "4\n")
        #expect(queue.gap == 3)
    }

    /// Pieces of any size, added and removed in any order, whether they fit or not.
    @Test(arguments: 0..<200)
    func nothingIsLostThatIsNotCounted(seed: UInt64) {
        var random = SeededGenerator(state: seed)
        let capacity = Int.random(in: 1...60, using: &random)
        var queue = OutputQueue(capacity: capacity)
        var (input, output, missing) = ("", "", 0)
        func closeGap() {
            if let lines = queue.gap {
                missing += lines
                queue.closeGap(lines)
            }
        }
        for _ in 0..<200 {
            let piece = (0..<Int.random(in: 0...12, using: &random)).map { _ in
                Int.random(in: 0..<4, using: &random) == 0 ? "\n" : "x"
            }.joined()
            input += piece
            append(piece, to: &queue)
            #expect(queue.count <= capacity + 1)
            if Bool.random(using: &random) {
                let count = Int.random(in: 1...20, using: &random)
                output += String(decoding: queue.removeFirst(atMost: count), as: UTF8.self)
                closeGap()
            }
        }
        append("\n", to: &queue)
        input += "\n"
        output += removeAll(from: &queue)
        closeGap()
        let lines = { (text: String) in text.count { $0 == "\n" } }
        // A line that is cut off is passed on, and counts as missing too.
        let cut = lines(output) + missing - lines(input)
        #expect((0...missing).contains(cut))
        if missing == 0 {
            #expect(output == input)
        }
    }
}
