/// A rectangle in the picture.
struct PictureBox: Equatable {
    let x: Double
    let y: Double
    let width: Double
    let height: Double

    /// The right edge.
    var maxX: Double { x + width }
    /// The lower edge.
    var maxY: Double { y + height }
    /// Half way down.
    var middle: Double { y + height / 2 }
}
