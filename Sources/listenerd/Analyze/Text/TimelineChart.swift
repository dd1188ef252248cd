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
        let phases = TimelinePhase.allCases.map { "\(style.text($0.mark(style), $0.attribute)) \($0.words)" }
        return "  "
            + (phases + ["\(style.text(failureMark, .red)) failed", "* critical chain"]).joined(separator: "   ")
    }

    private var failureMark: String { style.isUnicode ? "✗" : "x" }

    private func drawn(_ bar: StartupTimeline.Bar) -> String {
        var cells: [TimelinePhase?] = Array(repeating: nil, count: barColumns)
        // What costs time is drawn last, and is one column at least.
        for phase in [TimelinePhase.waiting, .up, .becomingReady, .starting] {
            guard let (start, end) = bar.interval(phase, total: timeline.total) else {
                continue
            }
            let first = column(start)
            let last = phase == .waiting ? column(end) : max(column(end), first + 1)
            for cell in first..<min(max(first, last), barColumns) {
                cells[cell] = phase
            }
        }
        var text = ""
        var rest = cells[...]
        while let phase = rest.first {
            let run = rest.prefix { $0 == phase }
            rest = rest[run.endIndex...]
            text +=
                phase.map { style.text(String(repeating: $0.mark(style), count: run.count), $0.attribute) }
                ?? String(repeating: " ", count: run.count)
        }
        if case .failed = bar.outcome {
            return text + style.text(failureMark, .red)
        }
        return trimmed(text)
    }

    private func column(_ time: Double) -> Int {
        guard timeline.total > 0 else {
            return 0
        }
        return min(max(Int((time / timeline.total * Double(barColumns)).rounded()), 0), barColumns - 1)
    }

    private func trimmed(_ text: String) -> String {
        String(text[..<(text.lastIndex { $0 != " " }.map { text.index(after: $0) } ?? text.startIndex)])
    }
}

/// Returns a name without characters that would move the cursor.
private func escaped(_ name: String) -> String {
    var bytes: [UInt8] = []
    bytes.append(escaping: name)
    return String(decoding: bytes, as: UTF8.self)
}
