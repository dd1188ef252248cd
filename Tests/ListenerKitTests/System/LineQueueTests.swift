import Testing

@testable import ListenerKit

/// What waits to be written, and what is said of what is missing.
@Suite final class LineQueueTests {
    private var queue = LineQueue(capacity: 100) { Array("<\($0) missing>\n".utf8) }
    private var output: [UInt8] = []
    private var changes: [LineWriter.StatusChange] = []

    private var text: String { String(decoding: output, as: UTF8.self) }

    private func append(_ lines: String...) {
        for line in lines {
            changes += [queue.append(Array("\(line)\n".utf8))].compactMap { $0 }
        }
    }

    /// Writes so many bytes of the next entry, all of it by default.
    @discardableResult
    private func write(_ count: Int = .max) -> Bool {
        guard let entry = queue.next() else {
            return false
        }
        let part = entry.bytes[entry.written...].prefix(count)
        output += part
        changes += [queue.advance(by: part.count)].compactMap { $0 }
        return true
    }

    private func writeAll() {
        while write() {}
    }

    private func fail(_ code: Int32 = 28) {
        if queue.next() != nil {
            changes += [queue.fail(code: code)].compactMap { $0 }
        }
    }

    private func line(_ count: Int) -> String {
        String(repeating: "x", count: count - 1)
    }

    @Test func linesAreWrittenInOrderAndInParts() {
        append("one", "two")
        #expect(!queue.isEmpty)
        write(2)
        write(1)
        write()
        append("three")
        writeAll()
        #expect(text == "one\ntwo\nthree\n")
        #expect(queue.isEmpty)
        #expect(changes.isEmpty)
    }

    @Test func linesThatDoNotFitAreDroppedAndCountedInTheirPlace() {
        append(line(60), line(40), "dropped", "dropped")
        #expect(changes == [.linesDropped(code: nil)])
        write()
        append("one")
        writeAll()
        #expect(text == "\(line(60))\n\(line(40))\n<2 missing>\none\n")
        #expect(changes == [.linesDropped(code: nil), .recovered(missing: 2)])
    }

    @Test func droppedLinesAreReportedEvenIfNothingFollows() {
        append(line(60), line(40), "dropped")
        writeAll()
        #expect(text == "\(line(60))\n\(line(40))\n<1 missing>\n")
        #expect(changes.last == .recovered(missing: 1))
    }

    @Test func onceALineWasDroppedOthersAreUntilHalfIsFree() {
        append(line(40), line(60), "dropped")
        write()
        append("dropped too")
        write()
        append("one")
        writeAll()
        #expect(text == "\(line(40))\n\(line(60))\n<2 missing>\none\n")
    }

    @Test func aLineThatIsTooLongWaitsAlone() {
        append(line(1000), "dropped")
        writeAll()
        #expect(text == "\(line(1000))\n<1 missing>\n")
    }

    @Test func unwrittenLinesAreCountedBeforeTheNextLine() {
        append("lost")
        fail()
        #expect(queue.next() == nil)
        append("lost")
        fail()
        #expect(queue.next() == nil)
        append("one")
        writeAll()
        #expect(text == "<2 missing>\none\n")
        #expect(changes == [.linesDropped(code: 28), .recovered(missing: 2)])
    }

    @Test func linesOfOneEntryAreCountedOneByOne() {
        append("a\nb\nc", "one")
        write(3)
        fail()
        #expect(changes == [.linesDropped(code: 28)])
        writeAll()
        #expect(text == "a\nb\n<1 missing>\none\n")
        append("\(line(70))\n\(line(30))", "d\nr\no\np")
        writeAll()
        #expect(text.hasSuffix("\n<4 missing>\n"))
        #expect(changes.last == .recovered(missing: 4))
    }

    @Test func aTornLineCanBeRemoved() {
        append("whole\ntorn\nlost", "one")
        write(8)
        #expect(queue.tornByteCount == 2)
        output.removeLast(queue.tornByteCount)
        queue.removeTornBytes()
        #expect(!queue.isTorn)
        fail()
        writeAll()
        #expect(text == "whole\n<2 missing>\none\n")
    }

    @Test func aLineThatLacksOnlyItsNewlineIsNotTorn() {
        append("whole")
        #expect(queue.next() != nil)
        #expect(queue.tornByteCount == 0)
        write(5)
        #expect(queue.tornByteCount == 0)
    }

    @Test func aTornLineIsClosedAndCounted() {
        append("torn", "one")
        write(2)
        fail()
        #expect(queue.isTorn)
        writeAll()
        #expect(text == "to\n<1 missing>\none\n")
        #expect(!queue.isTorn)
    }

    @Test func aLineThatLacksOnlyItsNewlineIsNotMissing() {
        append("whole", "one")
        write(5)
        fail()
        writeAll()
        #expect(text == "whole\none\n")
        #expect(changes.isEmpty)
    }

    @Test func aPlaceThatIsTornAlreadyBeginsWithANewline() {
        queue = LineQueue(capacity: 100, isTorn: true, missing: 3) { Array("<\($0) missing>\n".utf8) }
        append("one")
        writeAll()
        #expect(text == "\none\n")
        #expect(changes == [.recovered(missing: 3)])
    }

    /// Between two lines that arrived, notices tell exactly how many are missing, whatever went wrong and when.
    @Test(arguments: 0..<200 as Range<UInt64>)
    func everyLineArrivesInOrderOrIsCountedInItsPlace(seed: UInt64) {
        var random = SeededNumbers(state: seed)
        var number = 0
        func next() {
            let digits = String(number)
            append("[" + String(repeating: "0", count: 6 - digits.count) + digits + "]")
            number += 1
        }
        for _ in 0..<300 {
            switch random.next() % 8 {
            case 0...3: next()
            case 4: fail()
            case 5: write(Int(random.next() % 12) + 1)
            default: write()
            }
        }
        writeAll()
        next()
        writeAll()
        var (expected, inOrder) = (0, true)
        for line in text.split(separator: "\n") {
            if line.hasPrefix("<"), line.hasSuffix(" missing>"), let count = Int(line.dropFirst().dropLast(9)) {
                expected += count
            } else if line.hasPrefix("["), line.hasSuffix("]"), line.utf8.count == 8 {
                inOrder = inOrder && Int(line.dropFirst().dropLast()) == expected
                expected += 1
            }
        }
        #expect(inOrder, "\(text)")
        #expect(expected == number)
        #expect(queue.isEmpty)
        #expect(queue.missing == 0)
        #expect(changes.count % 2 == 0)
    }

    private struct SeededNumbers {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33
        }
    }
}
