/// Draws the arrows of the picture, as lines from corner to corner.
struct PictureArrows {
    /// How many arrows to one process there are at most.
    private static let mostForOne = 12
    /// An arrow that comes to a bar from its left needs this room.
    private static let headRoom = 9.0

    let timeline: StartupTimeline
    let rows: [PictureRow]
    let scale: PictureScale

    /// All of them, in the order of the rows to which they lead.
    var arrows: [PictureArrow] {
        var rowOf: [Int: Int] = [:]
        for (index, row) in rows.enumerated() {
            rowOf[row.process] = index
        }
        var before: [Int: Int] = [:]
        for (process, next) in zip(timeline.criticalChain, timeline.criticalChain.dropFirst()) {
            before[next] = process
        }
        return rows.indices.flatMap { arrows(to: $0, rowOf, chain: before[rows[$0].process]) }
    }

    /// Returns the arrows to one row.
    private func arrows(to index: Int, _ rowOf: [Int: Int], chain: Int?) -> [PictureArrow] {
        let bar = timeline.bars[rows[index].process]
        var arrows: [PictureArrow] = []
        var sources: Set<Int> = []
        func add(_ process: Int, _ kind: PictureArrow.Kind, _ time: Double) {
            guard let from = rowOf[process], from != index, arrows.count < Self.mostForOne,
                sources.insert(process).inserted, let points = points(from: from, to: index, time: time)
            else {
                return
            }
            arrows.append(PictureArrow(from: from, to: index, kind: kind, points: points))
        }
        guard let started = bar.started else {
            for wait in bar.waits where wait.time == nil {
                add(wait.bar, .unmet, timeline.bars.indices.contains(wait.bar) ? end(of: wait.bar) : 0)
            }
            return arrows
        }
        var met: [(process: Int, time: Double)] = []
        for wait in bar.waits {
            if let time = wait.time, time <= started + PictureArrow.tolerance {
                met.append((wait.bar, time))
            }
        }
        // The one that came last first: `sorted` keeps the order of equal ones, so that the picture is always the same.
        met = met.enumerated().sorted { ($1.element.time, $0.offset) < ($0.element.time, $1.offset) }.map(\.element)
        if let chain {
            add(chain, .chain, met.first { $0.process == chain }?.time ?? started)
        }
        for (process, time) in met {
            add(process, arrows.isEmpty ? .decisive : .minor, time)
        }
        return arrows
    }

    /// When the bar of a process ends.
    private func end(of process: Int) -> Double {
        let bar = timeline.bars[process]
        return bar.phases(until: scale.seconds).last?.end ?? 0
    }

    /// Returns the corners of an arrow; nil if one of the processes has no bar to begin at.
    private func points(from: Int, to: Int, time: Double) -> [PicturePoint]? {
        guard let source = rows[from].bar else {
            return nil
        }
        let target = rows[to]
        let isDown = from < to
        let edge = isDown ? source.maxY : source.y
        let x = min(max(scale.x(time), source.x), source.maxX)
        guard let bar = target.bar else {
            // It ends at the line of the process that never started.
            return [PicturePoint(x: x, y: edge), PicturePoint(x: x, y: target.box.middle)]
        }
        if bar.x - x >= Self.headRoom {
            return [
                PicturePoint(x: x, y: edge), PicturePoint(x: x, y: bar.middle),
                PicturePoint(x: bar.x, y: bar.middle),
            ]
        }
        // It was started at once: straight down to the beginning of its bar.
        let end = min(max(x, bar.x + 1), bar.maxX)
        let head = PicturePoint(x: end, y: isDown ? bar.y : bar.maxY)
        if end <= source.maxX {
            return [PicturePoint(x: max(end, source.x), y: edge), PicturePoint(x: end, y: edge), head]
        }
        return [
            PicturePoint(x: source.maxX, y: source.middle), PicturePoint(x: end, y: source.middle), head,
        ]
    }
}
