/// Where a process's bar is in the picture.
struct PictureBar: Equatable {
    /// A phase of the process.
    struct Part: Equatable {
        let kind: PicturePhase.Kind
        let box: PictureBox
    }

    /// The index of the process in the timeline.
    let process: Int
    /// The row of the process, from one side of the picture to the other.
    let row: PictureBox
    /// The parts of the bar, from left to right; none if the process was never started.
    let parts: [Part]

    /// The whole bar; nil if the process was never started.
    var box: PictureBox? {
        box(until: parts.last)
    }

    /// The part of the bar before the process was where it should be; nil if the process was never started.
    var activeBox: PictureBox? {
        box(until: parts.last { $0.kind != .up })
    }

    private func box(until end: Part?) -> PictureBox? {
        guard let first = parts.first?.box, let last = end?.box else {
            return nil
        }
        return PictureBox(x: first.x, y: first.y, width: last.maxX - first.x, height: first.height)
    }
}
