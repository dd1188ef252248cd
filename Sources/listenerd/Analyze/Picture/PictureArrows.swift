/// Draws the arrows of the picture, as lines from corner to corner.
struct PictureArrows {
    /// How many arrows to one process there are at most.
    private static let mostForOne = 8
    /// How much later than a start what it waited for may be: times in a log are those of its events, not those of the start.
    private static let tolerance = 0.05
    /// An arrow that comes to a bar from its left needs this room.
    private static let headRoom = 9.0

    private let timeline: StartupTimeline
    private let bars: [PictureBar]
    private let scale: PictureScale
    /// The row of each process.
    private var rows: [Int: Int] = [:]
    /// The process before each one of the slowest chain.
    private var links: [Int: Int] = [:]

    init(_ timeline: StartupTimeline, _ bars: [PictureBar], _ scale: PictureScale) {
        self.timeline = timeline
        self.bars = bars
        self.scale = scale
        for (index, bar) in bars.enumerated() {
            rows[bar.process] = index
        }
        for (process, next) in zip(timeline.criticalChain, timeline.criticalChain.dropFirst()) {
            links[next] = process
        }
    }

    /// All of them, in the order of the rows to which they lead.
    var arrows: [PictureArrow] {
        bars.indices.flatMap { row in
            var sources: Set<Int> = []
            let waits = waits(of: bars[row].process).filter { sources.insert($0.process).inserted }
            return waits.prefix(Self.mostForOne).compactMap { arrow(to: row, for: $0) }
        }
    }

    /// Something that a process waited for.
    private struct Wait {
        let process: Int
        /// Nil if it never happened.
        let time: Double?
        let kind: PictureArrow.Kind
    }

    /// Returns what a process waited for, what mattered most first.
    private func waits(of process: Int) -> [Wait] {
        let bar = timeline.bars[process]
        guard let started = bar.started else {
            return bar.waits.filter { $0.time == nil }.map { Wait(process: $0.bar, time: nil, kind: .unmet) }
        }
        // Of those that came at the same time, the first one of the plan is the first one here, so the picture is always the same.
        let met = bar.waits.filter { $0.time.map { $0 <= started + Self.tolerance } ?? false }.enumerated()
            .sorted { ($1.element.time ?? 0, $0.offset) < ($0.element.time ?? 0, $1.offset) }.map(\.element)
        let link = links[process].map { link in
            Wait(process: link, time: met.first { $0.bar == link }?.time ?? started, kind: .chain)
        }
        let others = met.enumerated().map { position, wait in
            Wait(process: wait.bar, time: wait.time, kind: position == 0 && link == nil ? .decisive : .minor)
        }
        return (link.map { [$0] } ?? []) + others
    }

    private func arrow(to row: Int, for wait: Wait) -> PictureArrow? {
        guard let source = rows[wait.process], source != row, let bar = bars[source].box else {
            return nil
        }
        let x = wait.time.map { min(max(scale.x($0), bar.x), bar.maxX) } ?? bar.maxX
        let points = points(from: bar, x, to: bars[row], isDown: source < row)
        return PictureArrow(from: source, to: row, kind: wait.kind, points: points)
    }

    /// Returns the corners of an arrow.
    private func points(from source: PictureBox, _ x: Double, to bar: PictureBar, isDown: Bool) -> [PicturePoint] {
        let edge = isDown ? source.maxY : source.y
        guard let target = bar.box else {
            return [PicturePoint(x: x, y: edge), PicturePoint(x: x, y: bar.row.middle)]
        }
        if target.x - x >= Self.headRoom {
            return [
                PicturePoint(x: x, y: edge), PicturePoint(x: x, y: target.middle),
                PicturePoint(x: target.x, y: target.middle),
            ]
        }
        // It was started at once, so the arrow leads straight down to the beginning of its bar.
        let end = min(max(x, target.x + 1), target.maxX)
        let head = PicturePoint(x: end, y: isDown ? target.y : target.maxY)
        if end <= source.maxX {
            return [PicturePoint(x: end, y: edge), head]
        }
        return [PicturePoint(x: source.maxX, y: source.middle), PicturePoint(x: end, y: source.middle), head]
    }
}
