/// A process in the picture.
struct PictureRow {
    /// A phase of the process, as a part of its bar.
    struct Part: Equatable {
        let kind: PicturePhase.Kind
        let box: PictureBox
    }

    /// What stands at the end of a bar.
    enum Mark {
        /// The process has failed.
        case failed
        /// It had not got where it should be.
        case unfinished
    }

    /// The index of the process in the timeline.
    let process: Int
    /// Everything that belongs to it.
    let box: PictureBox
    let name: PictureText
    /// How long it took, or what went wrong.
    var label: PictureText
    /// From where to where a line shows that it waits; nil if it did not.
    var waiting: ClosedRange<Double>?
    /// The parts of its bar, from left to right; none if it was never started.
    let parts: [Part]
    let mark: Mark?
    /// Whether it belongs to the slowest chain.
    let isInChain: Bool
    /// What is shown when the pointer is over it: lines of text.
    let details: [String]

    /// The parts of the bar in which the process was not yet where it should be; nil if there are none.
    var active: PictureBox? {
        guard let first = parts.first?.box, let last = parts.last(where: { $0.kind != .up })?.box else {
            return nil
        }
        return PictureBox(x: first.x, y: first.y, width: last.maxX - first.x, height: first.height)
    }

    /// The whole bar; nil if it was never started.
    var bar: PictureBox? {
        guard let first = parts.first?.box, let last = parts.last?.box else {
            return nil
        }
        return PictureBox(x: first.x, y: first.y, width: last.maxX - first.x, height: first.height)
    }
}
