import Handlers
import ListenerKit

/// The text that `listenerd replay` prints for one handler in one life of a listener.
struct ReplayReport {
    private let run: ReplayRun
    private let title: String
    private let handler: String

    /// Describes a replay.
    ///
    /// - Parameters:
    ///   - run: The replay.
    ///   - handler: The name of the handler.
    ///   - life: The life of the listener.
    ///   - number: Which life it is, counted from 1.
    ///   - count: How many there are.
    init(_ run: ReplayRun, of handler: String, _ life: RecordedLife, number: Int, of count: Int) {
        self.run = run
        self.handler = handler
        let which = count > 1 ? " (listener \(number) of \(count))" : ""
        title = "--\(handler) from \(life.beginning.text)\(which)"
    }

    /// After how many inputs the decisions differ.
    var differenceCount: Int { run.steps.count { !$0.isSame } }

    /// The decisions with the inputs that led to them, and a line that says whether they are the same.
    var text: [UInt8] {
        var text: [UInt8] = []
        func add(_ line: String) {
            text.append(escaping: line)
            text.append(UInt8(ascii: "\n"))
        }
        add(title)
        for step in run.steps {
            add("  \(step.time.inMicroseconds) \(step.input)")
            for (mark, decision) in step.marked {
                add("\(mark)     \(decision)")
            }
        }
        let inputs = "\(run.inputCount) \(run.inputCount == 1 ? "input" : "inputs")"
        add(
            differenceCount == 0
                ? "--\(handler): the same decisions after \(inputs)"
                : "--\(handler): other decisions after \(differenceCount) of \(inputs)"
        )
        return text
    }
}

extension ReplayRun.Step {
    /// The decisions, each with a blank if it is as it was, `-` if it is not made any more, and `+` if it is new.
    fileprivate var marked: [(mark: String, decision: String)] {
        let changes = replayed.difference(from: recorded)
        let removed = Set(changes.removals.map { $0.offset })
        let added = Set(changes.insertions.map { $0.offset })
        var lines: [(String, String)] = []
        var next = 0
        func addInsertions() {
            while added.contains(next) {
                lines.append(("+", replayed[next]))
                next += 1
            }
        }
        for (index, decision) in recorded.enumerated() {
            if removed.contains(index) {
                lines.append(("-", decision))
            } else {
                addInsertions()
                lines.append((" ", decision))
                next += 1
            }
        }
        addInsertions()
        return lines
    }
}

extension CollectionDifference.Change {
    /// The offset of what was inserted or removed.
    fileprivate var offset: Int {
        switch self {
        case .insert(let offset, _, _), .remove(let offset, _, _): offset
        }
    }
}

extension Duration {
    /// The seconds with six decimals.
    fileprivate var inMicroseconds: String {
        let (seconds, attoseconds) = components
        let fraction = String(attoseconds / 1_000_000_000_000)
        return "\(seconds)." + String(repeating: "0", count: max(0, 6 - fraction.utf8.count)) + fraction
    }
}

extension Timestamp {
    /// The time in UTC with milliseconds.
    fileprivate var text: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
