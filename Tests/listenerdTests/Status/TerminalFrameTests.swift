import ListenerKit
import Testing

@testable import listenerd

/// Lines on a terminal that are replaced in place.
@Suite struct TerminalFrameTests {
    /// A terminal that knows what a frame writes.
    private struct Screen {
        var rows: [[Unicode.Scalar]] = [[]]
        private var row = 0
        private var column = 0
        private let columns: Int

        init(columns: Int) {
            self.columns = columns
        }

        var text: [String] {
            rows.map { row in
                var text = String.UnicodeScalarView()
                text.append(contentsOf: row)
                return String(text)
            }
        }

        mutating func write(_ bytes: [UInt8]) {
            var rest = String(decoding: bytes, as: UTF8.self).unicodeScalars[...]
            while let scalar = rest.popFirst() {
                switch scalar {
                case "\r": column = 0
                case "\n":
                    row += 1
                    if row == rows.count {
                        rows.append([])
                    }
                case "\u{1B}":
                    let end = rest.firstIndex { $0.properties.isAlphabetic } ?? rest.endIndex
                    control(String(rest[...end]))
                    rest = rest[rest.index(after: end)...]
                default: put(scalar)
                }
            }
        }

        private mutating func put(_ scalar: Unicode.Scalar) {
            while rows[row].count <= column {
                rows[row].append(" ")
            }
            rows[row][column] = scalar
            // The terminal does not wrap; its last column is written again and again.
            column = min(column + 1, columns - 1)
        }

        private mutating func control(_ sequence: String) {
            switch sequence {
            case "[K": rows[row].removeSubrange(min(column, rows[row].count)...)
            case "[J": (rows, rows[row]) = (Array(rows[...row]), Array(rows[row].prefix(column)))
            case "[?7l", "[?7h": break
            default:
                if sequence.last == "A", let count = Int(sequence.dropFirst().dropLast()) {
                    row = max(0, row - count)
                }
            }
        }
    }

    private func bytes(_ lines: [String]) -> [[UInt8]] {
        lines.map { Array($0.utf8) }
    }

    @Test(arguments: [
        [["a", "b"], ["a", "c"]], [["long line", "b"], ["short", "b"]], [["a"], ["a", "b", "c"], ["x"]],
        [["a", "b", "c"], []], [[], ["a"]], [["0123456789"], ["012345678"], ["é", "0123456789abc"]],
        [["wait"], ["0123456789abc", "x"], ["0123456789abd", "x"]],
    ])
    func theTerminalShowsTheLatestLinesAndNothingElse(frames: [[String]]) {
        var frame = TerminalFrame()
        var screen = Screen(columns: 10)
        screen.write(Array("$ status\r\n".utf8))
        for lines in frames {
            screen.write(frame.replace(by: bytes(lines), columns: 10))
            let shown = lines.map { $0.count > 10 ? $0.prefix(9) + "…" : $0 }
            #expect(screen.text == ["$ status"] + shown + [""])
        }
    }

    @Test func linesThatAreKeptStayAboveThoseThatAreReplaced() {
        var frame = TerminalFrame()
        var screen = Screen(columns: 10)
        screen.write(frame.replace(by: bytes(["work"]), columns: 10))
        screen.write(frame.replace(by: bytes(["done 1", "done 2", "work"]), columns: 10))
        frame.keep(2)
        screen.write(frame.replace(by: bytes(["done 3", "other"]), columns: 10))
        frame.keep(1)
        screen.write(frame.replace(by: [], columns: 10))
        frame.keep(5)
        screen.write(frame.replace(by: bytes(["end"]), columns: 10))
        #expect(screen.text == ["done 1", "done 2", "done 3", "end", ""])
    }

    @Test func whatHasNotChangedIsNotWritten() {
        var frame = TerminalFrame()
        _ = frame.replace(by: bytes(["one", "two"]), columns: 80)
        #expect(frame.replace(by: bytes(["one", "two"]), columns: 80) == [])
        let change = String(decoding: frame.replace(by: bytes(["one", "three"]), columns: 80), as: UTF8.self)
        #expect(!change.contains("one"))
        #expect(change.contains("three"))
    }

    @Test func aTerminalOfAnotherWidthIsWrittenAnew() {
        var frame = TerminalFrame()
        let lines = bytes(["0123456789", "x"])
        _ = frame.replace(by: lines, columns: 5)
        var screen = Screen(columns: 20)
        screen.write(frame.replace(by: lines, columns: 20))
        #expect(screen.text == ["0123456789", "x", ""])
    }

    @Test func aTextIsBrokenAtTheWidthOfTheTerminal() {
        func lines(_ text: String, _ columns: Int) -> [String] {
            StatusScreen.lines(ofText: text, columns: columns).map { String(decoding: $0, as: UTF8.self) }
        }
        #expect(lines("abcdef", 3) == ["abc", "def"])
        #expect(lines("äöüß", 3) == ["äöü", "ß"])
        #expect(lines("", 3) == [""])
        #expect(lines("a\nb", 10) == ["a\\nb"])
    }

    @Test func ifThereAreTooManyLinesThoseOfProcessesThatAreUpAreLeftOut() throws {
        let processes = (0..<10).map { ("p\($0)", $0 == 8 ? .fatal : .running) as (String, ProcessState) }
        let report = StatusReport(try StatusFacts("[supervisord]\n", processes, .unknown(nil)))
        func names(rows: Int) -> [String] {
            StatusScreen.lines(of: report, rows: rows).map { line in
                let text = String(decoding: line, as: UTF8.self)
                return text.hasPrefix("…") ? text : String(text.prefix { $0 != " " })
            }
        }
        #expect(names(rows: 10).count == 10)
        #expect(names(rows: 4) == ["p0", "p1", "p8", "… and 7 more, which are up"])
        #expect(names(rows: 1) == ["… and 10 more, 9 of them up"])
        #expect(names(rows: 0).count == 10)
    }
}
