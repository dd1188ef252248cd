import ListenerKit

/// The picture of a startup: a bar for each process, and arrows for what waited for what.
struct StartupPicture {
    let layout: PictureLayout

    init(_ timeline: StartupTimeline) {
        layout = PictureLayout(timeline)
    }

    /// The picture as SVG, which needs nothing from elsewhere: no script, no font, no style sheet.
    var svg: [UInt8] {
        var svg = SVGText()
        var viewBox = Array("0 0 ".utf8)
        viewBox.append(coordinate: PictureLayout.width)
        viewBox.append(" ")
        viewBox.append(coordinate: layout.height)
        svg.element(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "class": "startup",
                "viewBox": .text(String(decoding: viewBox, as: UTF8.self)),
                "width": .number(PictureLayout.width), "height": .number(layout.height),
            ]
        ) { svg in
            svg.element("title") { $0.write(layout.heading.content) }
            svg.newLine()
            svg.element("style") { $0.write(PictureStyle.sheet) }
            writePattern(to: &svg)
            svg.element("rect", ["class": "background", "width": "100%", "height": "100%", "rx": 6.0])
            svg.newLine()
            writeHead(to: &svg)
            writeAxis(to: &svg)
            writeArrows([.minor, .decisive, .unmet], to: &svg)
            for (index, row) in layout.rows.enumerated() {
                write(row, index, to: &svg)
            }
            writeArrows([.chain], to: &svg)
        }
        svg.newLine()
        return svg.bytes
    }
}
