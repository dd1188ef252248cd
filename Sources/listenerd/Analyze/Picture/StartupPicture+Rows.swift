import ListenerKit

// The processes.
extension StartupPicture {
    /// Writes all of a process.
    func write(_ row: PictureRow, _ index: Int, to svg: inout SVGText) {
        svg.element("g", ["class": "row"]) { svg in
            svg.element("title") { $0.write(row.details.joined(separator: "\n")) }
            write(row.box, style: "a", to: &svg)
            if let waiting = row.waiting {
                let line = [
                    PicturePoint(x: waiting.lowerBound, y: row.box.middle),
                    PicturePoint(x: waiting.upperBound, y: row.box.middle),
                ]
                svg.element("path", ["class": "w", "d": .text(SVGPath(line).text)])
            }
            for part in row.parts {
                write(part.box, style: PictureStyle.name(of: part.kind), to: &svg)
            }
            if row.isInChain, let bar = row.active {
                write(bar, style: "o", to: &svg)
            }
            if row.mark == .failed, let bar = row.bar {
                svg.element("path", ["class": "x", "d": .text(SVGPath(crossAt: bar.maxX, bar.middle).text)])
            }
            let isFailed = row.mark == .failed
            write(row.name, style: row.isInChain ? "h" : isFailed ? "f" : "n", to: &svg)
            write(row.label, style: isFailed ? "l f" : "l", to: &svg)
            writeArrows(to: index, &svg)
        }
        svg.newLine()
    }

    /// Writes a rectangle.
    func write(_ box: PictureBox, style: String, to svg: inout SVGText) {
        svg.element(
            "rect",
            [
                "class": .text(style), "x": .number(box.x), "y": .number(box.y), "width": .number(box.width),
                "height": .number(box.height),
            ]
        )
    }

    /// Writes the arrows that are shown when the pointer is over a row.
    private func writeArrows(to index: Int, _ svg: inout SVGText) {
        var path = SVGPath()
        for arrow in layout.arrows(to: index) {
            path.add(arrow)
        }
        if !path.text.isEmpty {
            svg.element("path", ["class": "d", "d": .text(path.text)])
        }
    }
}
