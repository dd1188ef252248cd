/// The time axis.
struct PictureAxis {
    /// The size of the labels' font.
    private static let size = 11.0
    /// The least distance between the labels of the end and of the last tick.
    private static let distance = 10.0

    /// Where the ticks are.
    let ticks: [Double]
    /// Where the startup ends.
    let end: Double
    /// The labels above the bars: those of the ticks, and last that of the end.
    let upperLabels: [PictureText]
    /// The same labels below the bars; empty if the upper ones are near enough.
    let lowerLabels: [PictureText]

    /// Places an axis.
    ///
    /// - Parameters:
    ///   - scale: Where its times are.
    ///   - top: The upper end of the bars.
    ///   - bottom: Their lower end; nil for no labels there.
    init(_ scale: PictureScale, above top: Double, below bottom: Double?) {
        ticks = scale.ticks.map(scale.x)
        end = scale.x(scale.end)
        let labels = Self.labels(scale, y: top - 10)
        upperLabels = labels
        lowerLabels = bottom.map { Self.labels(scale, y: $0 + 18) } ?? []
    }

    private static func labels(_ scale: PictureScale, y: Double) -> [PictureText] {
        func label(_ words: String, at time: Double) -> PictureText {
            PictureText(content: words, x: scale.x(time), y: y, size: size, anchor: .middle)
        }
        let end = label(PictureTime.text(scale.end), at: scale.end)
        let ticks = scale.ticks.map { label(PictureTime.tick($0, step: scale.step), at: $0) }
        return ticks.filter { $0.maxX + distance < end.minX } + [end]
    }
}
