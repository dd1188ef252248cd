/// The bars of a timeline, drawn with characters.
struct TimelineChart {
    private let timeline: StartupTimeline
    private let style: TextStyle
    private let nameColumns: Int
    private let barColumns: Int

    /// The fewest columns of a bar, however narrow the terminal is.
    private static let fewestBarColumns = 20
    /// The columns of the mark of the critical chain, and of the spaces between.
    private static let otherColumns = 4

    init(_ timeline: StartupTimeline, _ style: TextStyle) {
        self.timeline = timeline
        self.style = style
        let longest = timeline.bars.map { escaped($0.name).unicodeScalars.count }.max() ?? 0
        nameColumns = min(longest, max(8, style.columns / 3))
        barColumns = max(Self.fewestBarColumns, style.columns - nameColumns - Self.otherColumns)
    }

    /// The lines: an axis, the bars, and what they mean.
    var lines: [String] {
        let chain = Set(timeline.criticalChain)
        let bars = timeline.bars.indices.map { index in
            let bar = timeline.bars[index]
            let name = style.fit(escaped(bar.name), nameColumns)
            return (chain.contains(index) ? "* " + style.text(name, .bold) : "  " + name) + "  " + drawn(bar)
        }
        return [axis] + bars + [axis, legend]
    }

    private var axis: String {
        String(repeating: " ", count: nameColumns + Self.otherColumns)
            + TimelineAxis(timeline.total, columns: barColumns).text
    }

    private var legend: String {
        let phases = PicturePhase.Kind.allCases.map { "\(style.text($0.mark(style), $0.attribute)) \($0.words)" }
        let marks = ["\(style.text(waitingMark, .dim)) waiting"] + phases + ["\(style.text(failureMark, .red)) failed"]
        return "  " + (marks + ["* slowest chain"]).joined(separator: "   ")
    }

    private var waitingMark: String { style.isUnicode ? "·" : "." }
    private var failureMark: String { style.isUnicode ? "✗" : "x" }

    /// What is drawn in a column.
    private enum Cell: Equatable {
        case nothing
        case waiting
        case phase(PicturePhase.Kind)
    }

    private func drawn(_ bar: StartupTimeline.Bar) -> String {
        var cells = Array(repeating: Cell.nothing, count: barColumns)
        let start = bar.started.map { column($0) } ?? barColumns
        for cell in 0..<start {
            cells[cell] = .waiting
        }
        // What costs time is one column at least, and so is drawn over what does not.
        for phase in bar.phases(until: timeline.total).reversed() where phase.end > phase.start {
            let first = column(phase.start)
            for cell in first..<min(max(column(phase.end), first + 1), barColumns) {
                cells[cell] = .phase(phase.kind)
            }
        }
        var text = ""
        var rest = cells[...]
        while let cell = rest.first {
            let run = rest.prefix { $0 == cell }
            rest = rest[run.endIndex...]
            text += drawn(cell, run.count)
        }
        if case .failed = bar.outcome {
            return text + style.text(failureMark, .red)
        }
        return text
    }

    private func drawn(_ cell: Cell, _ count: Int) -> String {
        switch cell {
        case .nothing: String(repeating: " ", count: count)
        case .waiting: style.text(String(repeating: waitingMark, count: count), .dim)
        case .phase(let kind): style.text(String(repeating: kind.mark(style), count: count), kind.attribute)
        }
    }

    private func column(_ time: Double) -> Int {
        guard timeline.total > 0 else {
            return 0
        }
        return min(max(Int((time / timeline.total * Double(barColumns)).rounded()), 0), barColumns - 1)
    }
}

/// Returns a name without characters that would move the cursor.
private func escaped(_ name: String) -> String {
    var bytes: [UInt8] = []
    bytes.append(escaping: name)
    return String(decoding: bytes, as: UTF8.self)
}
