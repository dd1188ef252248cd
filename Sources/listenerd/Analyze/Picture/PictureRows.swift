/// Places the rows of the picture.
struct PictureRows {
    /// How wide a part of a bar is at least: what took no time has happened nevertheless.
    private static let leastWidth = 2.5
    /// The room between a bar and what stands beside it.
    private static let distance = 6.0
    /// How much farther away a text stands if there is a mark at the end of the bar.
    private static let markWidth = 8.0

    let timeline: StartupTimeline
    let metrics: PictureMetrics
    let scale: PictureScale
    let total: Double

    /// Returns rows for some processes.
    ///
    /// - Parameters:
    ///   - processes: Their indices.
    ///   - top: Where the first row begins.
    func rows(_ processes: [Int], top: Double) -> [PictureRow] {
        processes.enumerated().map { position, process in
            row(process, top: top + Double(position) * metrics.pitch)
        }
    }

    private func row(_ process: Int, top: Double) -> PictureRow {
        let bar = timeline.bars[process]
        let box = PictureBox(x: 0, y: top, width: PictureLayout.width, height: metrics.pitch)
        let parts = parts(of: bar, in: box)
        let mark: PictureRow.Mark? =
            switch bar.outcome {
            case .ready, .completed: nil
            case .failed: .failed
            case .unfinished: .unfinished
            }
        let end = parts.isEmpty ? scale.x(total) : parts.first.map(\.box.x) ?? 0
        return PictureRow(
            process: process,
            box: box,
            name: name(of: bar, in: box),
            label: label(of: bar, beside: parts, hasMark: mark != nil, in: box),
            waiting: end > scale.left ? scale.left...end : nil,
            parts: parts,
            mark: mark,
            isInChain: timeline.criticalChain.contains(process),
            details: timeline.details(of: bar)
        )
    }

    private func parts(of bar: StartupTimeline.Bar, in box: PictureBox) -> [PictureRow.Part] {
        var parts: [PictureRow.Part] = []
        for phase in bar.phases(until: total) where phase.kind != .up || phase.end > phase.start {
            let start = max(parts.last?.box.maxX ?? 0, scale.x(phase.start))
            let end = max(start + Self.leastWidth, scale.x(phase.end))
            let y = box.middle - metrics.bar / 2
            parts.append(
                PictureRow.Part(
                    kind: phase.kind,
                    box: PictureBox(x: start, y: y, width: end - start, height: metrics.bar)
                )
            )
        }
        return parts
    }

    private func name(of bar: StartupTimeline.Bar, in box: PictureBox) -> PictureText {
        let width = scale.left - 12 - PictureLayout.margin
        return PictureText(
            content: bar.name.escapedForDisplay.elided(to: width, size: metrics.name),
            x: scale.left - 12,
            y: baseLine(box, metrics.name),
            size: metrics.name,
            anchor: .end
        )
    }

    /// Places the label where the time that it tells ends, or to the left of the bar if there is no room.
    private func label(
        of bar: StartupTimeline.Bar,
        beside parts: [PictureRow.Part],
        hasMark: Bool,
        in box: PictureBox
    ) -> PictureText {
        let y = baseLine(box, metrics.label)
        let content = bar.label
        let active = parts.last { $0.kind != .up } ?? parts.last
        let end = (bar.outcome == .ready ? active : parts.last)?.box.maxX ?? scale.left
        let left = end + Self.distance + (hasMark && !parts.isEmpty ? Self.markWidth : 0)
        let room = PictureLayout.width - PictureLayout.margin / 2 - left
        let width = content.width(size: metrics.label)
        let roomBefore = (parts.first?.box.x ?? scale.left) - 2 * Self.distance - scale.left
        if width <= room || roomBefore < room {
            let text = content.elided(to: room, size: metrics.label)
            return PictureText(content: text, x: left, y: y, size: metrics.label)
        }
        let text = content.elided(to: roomBefore, size: metrics.label)
        return PictureText(
            content: text,
            x: scale.left + Self.distance + roomBefore,
            y: y,
            size: metrics.label,
            anchor: .end
        )
    }

    private func baseLine(_ box: PictureBox, _ size: Double) -> Double {
        box.middle + size * 0.36
    }
}
