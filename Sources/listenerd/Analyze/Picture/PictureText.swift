/// A line of text in the picture.
struct PictureText: Equatable {
    /// What the position of a text is.
    enum Anchor: String {
        case start, middle, end
    }

    /// What is written; control characters have been escaped.
    let content: String
    let x: Double
    /// The base line.
    let y: Double
    let size: Double
    var anchor = Anchor.start

    /// How wide it is, at most, in the fonts of usual systems.
    var width: Double { content.width(size: size) }
    /// Where it begins.
    var minX: Double {
        switch anchor {
        case .start: x
        case .middle: x - width / 2
        case .end: x - width
        }
    }
    /// Where it ends.
    var maxX: Double { minX + width }
}
