/// The bars of a timeline, drawn with characters.
struct TimelineChart {
    private let timeline: StartupTimeline
    private let style: TextStyle
    private let nameColumns: Int
    private let barColumns: Int

    /// The fewest columns of a bar, however narrow the terminal is.
    private static let fewestBarColumns = 20
    /// The columns before the bar beside the name: the mark of the slowest chain, and spaces.
    private static let otherColumns = 4

    init(_ timeline: StartupTimeline, _ style: TextStyle) {
        self.timeline = timeline
        self.style = style
        let longest = timeline.bars.map { escaped($0.name).unicodeScalars.count }.max() ?? 0
        nameColumns = min(longest, max(8, style.columns / 3))
        barColumns = max(Self.fewestBarColumns, style.columns - nameColumns - Self.otherColumns - 1)
    }

    /// The lines: an axis, the bars, and what they mean.
    var lines: [String] {
        let chain = Set(timeline.criticalChain)
        let bars = timeline.bars.indices.map { index in
            let bar = timeline.bars[index]
            let name = style.fit(escaped(bar.name), nameColumns)
            return (chain.contains(index) ? "* " + style.text(name, .bold) : "  " + name) + "  " + drawn(bar)
        }
        return [axis] + bars + [axis] + legend
    }

    private var axis: String {
        String(repeating: " ", count: nameColumns + Self.otherColumns)
            + TimelineAxis(timeline.total, columns: barColumns).text
    }

    /// What the characters mean, in as many lines as it takes.
    private var legend: [String] {
        let phases = PicturePhase.Kind.allCases.map { ($0.mark(style), $0.attribute, $0.words) }
        let marks =
            [(waitingMark, .dim, "waiting")] + phases + [(failureMark, .red, "failed"), ("*", .bold, "slowest chain")]
        var lines: [String] = []
        var columns = style.columns
        for (mark, attribute, words) in marks {
            let width = words.unicodeScalars.count + 5
            if columns + width > style.columns {
                lines.append("")
                columns = 0
            }
            lines[lines.count - 1] += (columns == 0 ? "  " : "   ") + style.text(mark, attribute) + " " + words
            columns += width
        }
        return lines
    }

    private var waitingMark: String { style.isUnicode ? "·" : "." }
    private var failureMark: String { style.isUnicode ? "✗" : "x" }

    /// What is drawn in a column.
    private enum Cell: Equatable {
        case nothing
        case waiting
        case phase(PicturePhase.Kind)
        case failure
    }

    private func drawn(_ bar: StartupTimeline.Bar) -> String {
        var cells = Array(repeating: Cell.nothing, count: barColumns + 1)
        for cell in 0..<(bar.started.map { column($0) } ?? barColumns) {
            cells[cell] = .waiting
        }
        let phases = bar.phases(until: timeline.total).filter { $0.end > $0.start }
        // What costs time is one column at least, and so is drawn over what does not.
        for phase in phases.reversed() {
            let first = min(column(phase.start), barColumns - 1)
            for cell in first..<max(column(phase.end), first + 1) {
                cells[cell] = .phase(phase.kind)
            }
        }
        if case .failed = bar.outcome {
            cells[phases.last.map { column($0.end) } ?? barColumns] = .failure
        }
        var text = ""
        var rest = cells[...(cells.lastIndex { $0 != .nothing } ?? 0)]
        while let cell = rest.first {
            let run = rest.prefix { $0 == cell }
            rest = rest[run.endIndex...]
            text += drawn(cell, run.count)
        }
        return text
    }

    private func drawn(_ cell: Cell, _ count: Int) -> String {
        switch cell {
        case .nothing: String(repeating: " ", count: count)
        case .waiting: style.text(String(repeating: waitingMark, count: count), .dim)
        case .failure: style.text(failureMark, .red)
        case .phase(let kind): style.text(String(repeating: kind.mark(style), count: count), kind.attribute)
        }
    }

    private func column(_ time: Double) -> Int {
        guard timeline.total > 0 else {
            return 0
        }
        let column = time / timeline.total * Double(barColumns)
        return Int(min(max(column, 0), Double(barColumns)).rounded())
    }
}

/// Returns a name without characters that would move the cursor.
private func escaped(_ name: String) -> String {
    var bytes: [UInt8] = []
    bytes.append(escaping: name)
    return String(decoding: bytes, as: UTF8.self)
}
