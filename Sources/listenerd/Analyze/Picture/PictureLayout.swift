/// Where everything is in the picture of a startup.
struct PictureLayout {
    /// The longest time that a picture shows, in seconds: about thirty years.
    ///
    /// What a log says may be anything.
    static let longestTime = 1e9
    /// How wide the picture is.
    ///
    /// GitHub shows a README about as wide.
    static let width = 960.0
    /// The room at the edges.
    static let margin = 20.0
    /// The room between the names and the axis.
    static let nameDistance = 12.0
    /// The room for labels to the right of the axis.
    private static let gutter = 64.0
    /// The room for names.
    private static let nameWidth = 60.0...232.0
    /// The size of the font of everything that does not depend on the number of processes.
    static let textSize = 12.0
    /// From how many rows on the axis has labels at its lower end, too.
    private static let manyRows = 30
    /// How many arrows that do not matter much are always shown: many would hide the others.
    private static let mostMinorArrows = 24

    let heading: PictureText
    let summary: PictureText
    /// The slowest chain in words; nil if there is none.
    let chain: PictureChain?
    let legend: PictureLegend
    /// The area of the bars.
    let plot: PictureBox
    let axis: PictureAxis
    /// The processes from top to bottom.
    let rows: [PictureRow]
    /// Is above those that were never started; nil if all were.
    let neverStarted: PictureText?
    /// In the order of the rows to which they lead.
    let arrows: [PictureArrow]

    init(_ timeline: StartupTimeline) {
        let metrics = PictureMetrics(rows: timeline.bars.count)
        heading = PictureText(content: timeline.heading, x: Self.margin, y: 36, size: 20)
        summary = PictureText(content: timeline.summary, x: Self.margin, y: 58, size: Self.textSize)
        chain = PictureChain(timeline, y: 78)
        legend = PictureLegend(timeline, y: chain == nil ? 84 : 104)

        let names = timeline.bars.map { $0.name.escapedForDisplay.width(size: metrics.name) }
        let nameWidth = min(max(names.max() ?? 0, Self.nameWidth.lowerBound), Self.nameWidth.upperBound)
        let left = Self.margin + nameWidth + Self.nameDistance
        let end = timeline.total.clamped(to: Self.longestTime)
        let scale = PictureScale(left: left, width: Self.width - Self.gutter - left, end: end)

        let top = legend.bottom + 34
        let placement = PictureBars(timeline: timeline, metrics: metrics, scale: scale)
        var bars = placement.bars(timeline.bars.indices.filter { timeline.bars[$0].started != nil }, top: top)
        let others = timeline.bars.indices.filter { timeline.bars[$0].started == nil }
        if others.isEmpty {
            neverStarted = nil
        } else {
            let y = (bars.last?.row.maxY ?? top) + metrics.pitch
            let x = left - Self.nameDistance
            neverStarted = PictureText(content: "never started", x: x, y: y, size: metrics.label, anchor: .end)
            bars += placement.bars(others, top: y + 6)
        }
        plot = PictureBox(x: left, y: top, width: scale.width, height: (bars.last?.row.maxY ?? top) - top)
        axis = PictureAxis(scale, above: top, below: bars.count > Self.manyRows ? plot.maxY : nil)
        arrows = PictureArrows(timeline, bars, scale).arrows
        let chainArrows = arrows.filter { $0.kind == .chain }
        rows = bars.map(PictureRows(timeline: timeline, metrics: metrics, scale: scale, chain: chainArrows).row)
    }

    /// How high the picture is.
    var height: Double { plot.maxY + (axis.lowerLabels.isEmpty ? 0 : 20) + Self.margin }

    /// Whether arrows that do not matter much are always shown.
    var showsMinorArrows: Bool { arrows.count { $0.kind == .minor } <= Self.mostMinorArrows }

    /// Returns the arrows to a row.
    func arrows(to row: Int) -> some Sequence<PictureArrow> {
        let start = arrows.firstIndex { $0.to >= row } ?? arrows.endIndex
        return arrows[start...].prefix { $0.to == row }
    }
}
