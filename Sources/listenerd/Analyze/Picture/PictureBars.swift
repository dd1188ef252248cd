/// Places the bars of the picture.
struct PictureBars {
    /// How wide a part of a bar is at least: what took no time has happened nevertheless.
    private static let leastWidth = 2.5

    let timeline: StartupTimeline
    let metrics: PictureMetrics
    let scale: PictureScale

    /// Returns the bars of some processes, one below the other.
    ///
    /// - Parameters:
    ///   - processes: Their indices in the timeline.
    ///   - top: Where the first row begins.
    /// - Returns: A bar for each process, in the same order.
    func bars(_ processes: [Int], top: Double) -> [PictureBar] {
        processes.enumerated().map { position, process in
            let y = top + Double(position) * metrics.pitch
            let row = PictureBox(x: 0, y: y, width: PictureLayout.width, height: metrics.pitch)
            return PictureBar(process: process, row: row, parts: parts(of: timeline.bars[process], in: row))
        }
    }

    private func parts(of bar: StartupTimeline.Bar, in row: PictureBox) -> [PictureBar.Part] {
        var parts: [PictureBar.Part] = []
        // Being up for no time is nothing that has happened.
        for phase in bar.phases(until: scale.end) where phase.kind != .up || phase.end > phase.start {
            let start = max(parts.last?.box.maxX ?? 0, scale.x(phase.start))
            let end = max(start + Self.leastWidth, scale.x(phase.end))
            let y = row.middle - metrics.bar / 2
            let box = PictureBox(x: start, y: y, width: end - start, height: metrics.bar)
            parts.append(PictureBar.Part(kind: phase.kind, box: box))
        }
        return parts
    }
}
