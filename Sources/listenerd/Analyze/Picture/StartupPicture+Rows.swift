import ListenerKit

// The processes.
extension StartupPicture {
    /// Writes all of a process.
    func write(_ row: PictureRow, _ index: Int, to svg: inout SVGText) {
        svg.element("g", ["class": "row"]) { svg in
            svg.element("title") { $0.write(row.details.joined(separator: "\n")) }
            write(row.bar.row, style: "a", to: &svg)
            if let waiting = row.waiting {
                let y = row.bar.row.middle
                let line = [PicturePoint(x: waiting.lowerBound, y: y), PicturePoint(x: waiting.upperBound, y: y)]
                write(SVGPath(line), style: "w", to: &svg)
            }
            for part in row.bar.parts {
                write(part.box, style: PictureStyle.name(of: part.kind), to: &svg)
            }
            if row.isInChain, let box = row.bar.activeBox {
                write(box, style: "o", to: &svg)
            }
            if let mark = row.mark, let box = row.bar.box {
                write(mark, at: PicturePoint(x: box.maxX, y: box.middle), to: &svg)
            }
            let failed = row.mark == .failed ? " f" : ""
            write(row.name, style: (row.isInChain ? "h" : "n") + failed, to: &svg)
            write(row.label, style: (row.isLabelOnBar ? "l b" : "l") + failed, to: &svg)
            var path = SVGPath()
            for arrow in layout.arrows(to: index) {
                path.add(arrow)
            }
            write(path, style: "d", to: &svg)
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

    /// Writes lines, if there are any.
    func write(_ path: SVGPath, style: String, to svg: inout SVGText) {
        if !path.text.isEmpty {
            svg.element("path", ["class": .text(style), "d": .text(path.text)])
        }
    }

    /// Writes what is at the end of a bar.
    func write(_ mark: PictureRow.Mark, at end: PicturePoint, to svg: inout SVGText) {
        switch mark {
        case .failed: write(SVGPath(crossAt: end), style: "x", to: &svg)
        case .unfinished: write(SVGPath(chevronsAt: end), style: "e", to: &svg)
        }
    }
}
