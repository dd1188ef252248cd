import ListenerKit

// What stands above the bars, and behind them.
extension StartupPicture {
    /// Writes the stripes of the time in which a process becomes ready.
    func writePattern(to svg: inout SVGText) {
        svg.element(
            "pattern",
            [
                "id": .text(PictureStyle.gatesPattern), "width": 6.0, "height": 6.0, "patternUnits": "userSpaceOnUse",
                "patternTransform": "rotate(45)",
            ]
        ) { svg in
            svg.element("path", ["class": "gb", "d": "M0 0H6V6H0z"])
            svg.element("path", ["class": "gs", "d": "M0 0V6"])
        }
        svg.newLine()
    }

    /// Writes the heading, what it says in detail, and the legend.
    func writeHead(to svg: inout SVGText) {
        write(layout.heading, style: "h", to: &svg)
        write(layout.summary, style: "q", to: &svg)
        if let chain = layout.chain {
            svg.element(
                "text",
                ["x": .number(chain.title.x), "y": .number(chain.title.y), "font-size": .number(chain.title.size)]
            ) {
                svg in
                svg.write(chain.title.content)
                for (index, link) in chain.links.enumerated() {
                    svg.write(index == 0 ? "" : " → ")
                    // Names in right-to-left scripts would change the order of the links.
                    svg.element("tspan") { $0.write(link.name) }
                    svg.write(link.started)
                }
            }
            svg.newLine()
        }
        for entry in layout.legend.entries {
            write(entry, to: &svg)
        }
    }

    /// Writes the time axis.
    func writeAxis(to svg: inout SVGText) {
        let plot = layout.plot
        for (style, ticks) in [("g", layout.axis.ticks), ("t", [layout.axis.end])] {
            var path = SVGPath()
            for x in ticks {
                path.add([PicturePoint(x: x, y: plot.y - 5), PicturePoint(x: x, y: plot.maxY)])
            }
            svg.element("path", ["class": .text(style), "d": .text(path.text)])
            svg.newLine()
        }
        for label in layout.axis.upperLabels + layout.axis.lowerLabels {
            write(label, style: label.x == layout.axis.end ? "h" : "q", to: &svg)
        }
        if let neverStarted = layout.neverStarted {
            write(neverStarted, style: "q", to: &svg)
        }
    }

    /// Writes all arrows of some kinds.
    func writeArrows(_ kinds: [PictureArrow.Kind], to svg: inout SVGText) {
        for kind in kinds {
            var path = SVGPath()
            for arrow in layout.arrows where arrow.kind == kind && (kind != .minor || layout.showsMinorArrows) {
                path.add(arrow)
            }
            write(path, style: PictureStyle.name(of: kind), to: &svg)
            svg.newLine()
        }
    }

    /// Writes a line of text.
    func write(_ text: PictureText, style: String, to svg: inout SVGText) {
        let style = text.anchor == .start ? style : "\(style) \(text.anchor.rawValue)"
        svg.element(
            "text",
            ["class": .text(style), "x": .number(text.x), "y": .number(text.y), "font-size": .number(text.size)]
        ) { $0.write(text.content) }
        svg.newLine()
    }

    private func write(_ entry: PictureLegend.Entry, to svg: inout SVGText) {
        let box = entry.box
        let line = [PicturePoint(x: box.x, y: box.middle), PicturePoint(x: box.maxX, y: box.middle)]
        switch entry.sign {
        case .waiting: write(SVGPath(line), style: "w", to: &svg)
        case .phase(let kind): write(box, style: PictureStyle.name(of: kind), to: &svg)
        case .failed: write(.failed, at: PicturePoint(x: box.x + box.width / 2, y: box.middle), to: &svg)
        case .arrow(let kind):
            var path = SVGPath(line)
            path.addHead(from: line[0], to: line[1])
            write(path, style: PictureStyle.name(of: kind), to: &svg)
        }
        write(entry.text, style: "q", to: &svg)
    }
}
