/// Where everything stands in the picture of a startup.
struct PictureLayout {
    /// A line and a label on the time axis.
    struct Tick: Equatable {
        let x: Double
        let label: PictureText
    }

    /// The longest time that a picture shows, in seconds: about thirty years.
    ///
    /// What a log says may be anything.
    static let longestTime = 1e9
    /// How wide the picture is.
    ///
    /// GitHub shows a README about as wide.
    static let width = 960.0
    static let margin = 20.0
    /// The room between the names and the axis.
    static let nameDistance = 12.0
    /// The room for labels to the right of the axis.
    static let gutter = 64.0
    /// The widest names are a fourth of the picture.
    static let longestName = 232.0
    /// The size of the font of everything that does not depend on the number of processes.
    static let textSize = 12.0

    let metrics: PictureMetrics
    let heading: PictureText
    let summary: PictureText
    /// The slowest chain in words; nil if there is none.
    let chain: PictureChain?
    let legend: PictureLegend
    /// The area of the bars.
    let plot: PictureBox
    let scale: PictureScale
    let ticks: [Tick]
    /// The labels of the ticks below the bars, if these are so many that the upper ones are far away.
    let lowerTicks: [PictureText]
    /// The processes from top to bottom.
    let rows: [PictureRow]
    /// Stands above those that were never started; nil if all were.
    let neverStarted: PictureText?
    let arrows: [PictureArrow]
    /// How high the picture is.
    let height: Double

    init(_ timeline: StartupTimeline) {
        let total = timeline.total.clamped(to: Self.longestTime)
        let order = timeline.bars.indices.filter { timeline.bars[$0].started != nil }
        let others = timeline.bars.indices.filter { timeline.bars[$0].started == nil }
        let metrics = PictureMetrics(rows: timeline.bars.count)
        self.metrics = metrics
        heading = PictureText(content: timeline.heading, x: Self.margin, y: 36, size: 20)
        summary = PictureText(content: timeline.summary, x: Self.margin, y: 58, size: Self.textSize)
        chain = PictureChain(timeline, y: 78)
        legend = PictureLegend(timeline, y: chain == nil ? 84 : 104)

        let names = timeline.bars.map { $0.name.escapedForDisplay.width(size: metrics.name) }
        let left = Self.margin + min(Self.longestName, max(60, names.max() ?? 0)) + 12
        let top = legend.bottom + 34
        scale = PictureScale(left: left, width: Self.width - Self.gutter - left, seconds: max(total, 0.001))

        let placement = PictureRows(timeline: timeline, metrics: metrics, scale: scale, total: total)
        let started = placement.rows(order, top: top)
        let gap = others.isEmpty ? 0 : metrics.pitch + 6
        let startedEnd = top + Double(order.count) * metrics.pitch
        let rows = started + placement.rows(others, top: startedEnd + gap)
        let end = startedEnd + gap + Double(others.count) * metrics.pitch
        neverStarted =
            others.isEmpty
            ? nil
            : PictureText(
                content: "never started",
                x: left - 12,
                y: startedEnd + gap - 7,
                size: metrics.label,
                anchor: .end
            )
        plot = PictureBox(x: left, y: top, width: scale.width, height: max(end - top, metrics.pitch))
        self.rows = rows
        arrows = PictureArrows(timeline: timeline, rows: rows, scale: scale).arrows
        ticks = Self.ticks(scale, y: top - 10)
        lowerTicks = rows.count > 30 ? Self.ticks(scale, y: plot.maxY + 18).map(\.label) : []
        height = plot.maxY + (rows.count > 30 ? 40 : 20)
    }

    /// Whether arrows that do not matter much are always shown: a few are read, many hide the others.
    var showsMinorArrows: Bool { arrows.count { $0.kind == .minor } <= 24 }

    /// Returns the arrows to a row.
    func arrows(to row: Int) -> ArraySlice<PictureArrow> {
        // They are in the order of the rows.
        let start = arrows.firstIndex { $0.to >= row } ?? arrows.endIndex
        return arrows[start...].prefix { $0.to == row }
    }

    private static func ticks(_ scale: PictureScale, y: Double) -> [Tick] {
        scale.ticks.map { time in
            let label = PictureText(
                content: PictureTime.tick(time, step: scale.step),
                x: scale.x(time),
                y: y,
                size: 11,
                anchor: .middle
            )
            return Tick(x: scale.x(time), label: label)
        }
    }
}
