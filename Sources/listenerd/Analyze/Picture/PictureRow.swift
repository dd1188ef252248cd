/// A process in the picture.
struct PictureRow {
    /// What stands at the end of a bar.
    enum Mark {
        /// The process has failed.
        case failed
        /// It had not got where it should be.
        case unfinished
    }

    let bar: PictureBar
    let name: PictureText
    /// How long it took, or what went wrong.
    let label: PictureText
    /// Whether that is written on the bar, as there is no room beside it.
    var isLabelOnBar: Bool {
        bar.box.map { label.minX >= $0.x && label.maxX <= $0.maxX && label.anchor == .end } ?? false
    }
    /// From where to where a line shows that it waits; nil if it did not.
    let waiting: ClosedRange<Double>?
    let mark: Mark?
    /// Whether it belongs to the slowest chain.
    let isInChain: Bool
    /// What is shown when the pointer is over it: lines of text.
    let details: [String]
}
