/// The sizes that depend on how many processes there are.
struct PictureMetrics: Equatable {
    /// The distance from one row to the next.
    let pitch: Double
    /// The height of a bar.
    let bar: Double
    /// The size of the names' font.
    let name: Double
    /// The size of the font of what stands beside a bar.
    let label: Double

    init(rows: Int) {
        (pitch, bar, name, label) = rows <= 12 ? (30, 18, 13, 12) : rows <= 60 ? (22, 13, 12, 11) : (16, 10, 11, 10)
    }
}
