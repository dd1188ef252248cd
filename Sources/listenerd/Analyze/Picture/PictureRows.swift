/// Places what stands beside the bars.
struct PictureRows {
    /// The room between a bar and what stands beside it.
    private static let distance = 6.0
    /// How much farther away a text is if there is a mark at the end of the bar.
    private static let markWidth = 8.0

    let timeline: StartupTimeline
    let metrics: PictureMetrics
    let scale: PictureScale
    /// The arrows of the slowest chain, which no label is to cross.
    let chain: [PictureArrow]

    /// Returns the row of a bar.
    func row(_ bar: PictureBar) -> PictureRow {
        let process = timeline.bars[bar.process]
        let mark: PictureRow.Mark? =
            switch process.outcome {
            case .ready, .completed: nil
            case .failed: .failed
            case .unfinished: .unfinished
            }
        let label = label(of: process, beside: bar, hasMark: mark != nil)
        return PictureRow(
            bar: bar,
            name: name(of: process, in: bar.row),
            label: label,
            waiting: waiting(bar, label),
            mark: mark,
            isInChain: timeline.criticalChain.contains(bar.process),
            details: timeline.details(of: process)
        )
    }

    /// Returns where the process waits: until it is started, or behind the reason for which it was not.
    private func waiting(_ bar: PictureBar, _ label: PictureText) -> ClosedRange<Double>? {
        let start = bar.box == nil ? label.maxX + Self.distance : scale.left
        let end = bar.box?.x ?? scale.left + scale.width
        return start < end ? start...end : nil
    }

    private func name(of process: StartupTimeline.Bar, in row: PictureBox) -> PictureText {
        let end = scale.left - PictureLayout.nameDistance
        // A little more than there is, as differences are not exact.
        let name = process.name.escapedForDisplay.elided(to: end - PictureLayout.margin + 0.1, size: metrics.name)
        return text(name, x: end, in: row, size: metrics.name, .end)
    }

    /// Places the label behind the time that it tells; if there is no room, before the bar or on it.
    private func label(of process: StartupTimeline.Bar, beside bar: PictureBar, hasMark: Bool) -> PictureText {
        let size = metrics.label
        let content = process.label
        let width = content.width(size: size)
        guard let box = bar.box, let active = bar.activeBox else {
            let x = scale.left + Self.distance
            let room = PictureLayout.width - PictureLayout.margin - x
            return text(content.elided(to: room, size: size), x: x, in: bar.row, size: size)
        }
        let end = process.outcome == .ready ? active.maxX : box.maxX
        let after = freeX(from: end + Self.distance + (hasMark ? Self.markWidth : 0), width, beside: box)
        let rooms = [
            (x: after, width: PictureLayout.width - PictureLayout.margin / 2 - after, anchor: PictureText.Anchor.start),
            (x: box.x - Self.distance, width: box.x - scale.left - 2 * Self.distance, anchor: .end),
            (x: box.maxX - Self.distance, width: box.width - 2 * Self.distance, anchor: .end),
        ]
        let room = rooms.first { $0.width >= width } ?? rooms.max { $0.width < $1.width } ?? rooms[0]
        return text(content.elided(to: room.width, size: size), x: room.x, in: bar.row, size: size, room.anchor)
    }

    /// Returns where a text can begin without being crossed by an arrow of the slowest chain.
    private func freeX(from start: Double, _ width: Double, beside bar: PictureBox) -> Double {
        let lines = chain.flatMap { arrow in
            zip(arrow.points, arrow.points.dropFirst()).compactMap { from, to in
                from.x == to.x && min(from.y, to.y) < bar.maxY && max(from.y, to.y) > bar.y ? from.x : nil
            }
        }
        return lines.sorted().reduce(start) { x, line in
            line > x - Self.distance && line < x + width + Self.distance ? line + Self.distance : x
        }
    }

    /// Returns a text whose letters are as far from the upper edge of the row as from the lower one.
    private func text(
        _ content: String,
        x: Double,
        in row: PictureBox,
        size: Double,
        _ anchor: PictureText.Anchor = .start
    ) -> PictureText {
        PictureText(content: content, x: x, y: row.middle + size * 0.36, size: size, anchor: anchor)
    }
}
