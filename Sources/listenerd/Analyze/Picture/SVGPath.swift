import ListenerKit

/// Lines of the picture, as the value of the attribute `d`.
struct SVGPath {
    /// How long and half as wide the head of an arrow is.
    private static let head = (length: 4.0, width: 3.0)
    /// Half as wide a cross is.
    private static let cross = 3.5

    private var bytes: [UInt8] = []
    /// Where the last arrow ends: those that follow may end there, too.
    private var lastTip: PicturePoint?

    /// No lines.
    init() {}

    /// Creates a line from corner to corner.
    init(_ points: [PicturePoint]) {
        add(points)
    }

    /// Creates a cross.
    init(crossAt center: PicturePoint) {
        let (x, y) = (center.x, center.y)
        for side in [-Self.cross, Self.cross] {
            add([PicturePoint(x: x - Self.cross, y: y - side), PicturePoint(x: x + Self.cross, y: y + side)])
        }
    }

    /// Creates two signs `>`, which say that something goes on.
    init(chevronsAt end: PicturePoint) {
        for distance in [4.0, 8.0] {
            addHead(from: end, to: PicturePoint(x: end.x + Self.head.length + distance - 3, y: end.y))
        }
    }

    /// The value of the attribute.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Adds an arrow with its head.
    mutating func add(_ arrow: PictureArrow) {
        add(arrow.points)
        if let tip = arrow.points.last, let before = arrow.points.dropLast().last, tip != lastTip {
            addHead(from: before, to: tip)
            lastTip = tip
        }
    }

    /// Adds the head of an arrow.
    ///
    /// - Parameters:
    ///   - start: The corner before the tip, to the left of it or above or below it.
    ///   - tip: The tip.
    mutating func addHead(from start: PicturePoint, to tip: PicturePoint) {
        let (length, width) = Self.head
        if start.x == tip.x {
            let back = start.y < tip.y ? -length : length
            add([
                PicturePoint(x: tip.x - width, y: tip.y + back), tip,
                PicturePoint(x: tip.x + width, y: tip.y + back),
            ])
        } else {
            add([
                PicturePoint(x: tip.x - length, y: tip.y - width), tip,
                PicturePoint(x: tip.x - length, y: tip.y + width),
            ])
        }
    }

    /// Adds lines from corner to corner.
    mutating func add(_ points: [PicturePoint]) {
        var last: PicturePoint?
        for point in points {
            if last?.x == point.x {
                bytes.append("V")
                bytes.append(coordinate: point.y)
            } else if last?.y == point.y {
                bytes.append("H")
                bytes.append(coordinate: point.x)
            } else {
                bytes.append(last == nil ? "M" : "L")
                bytes.append(coordinate: point.x)
                bytes.append(" ")
                bytes.append(coordinate: point.y)
            }
            last = point
        }
    }
}
