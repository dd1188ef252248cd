import ListenerKit

/// Aligns the names of processes on a terminal, and gives each a color, so that they are easy to tell apart.
struct NameDecoration {
    /// Names are not padded beyond this width.
    private static let widest = 24
    /// The codes of the colors that are legible on a dark and on a light ground, without red.
    private static let colors: [UInt8] = [36, 33, 32, 35, 34]

    private var width = 0
    private let isColored: Bool

    /// Decorates names, or only aligns them.
    init(isColored: Bool) {
        self.isColored = isColored
    }

    /// Decorates names if lines go to a terminal.
    static func ifTerminal() -> NameDecoration? {
        guard isTerminal(2) else {
            return nil
        }
        let environment = currentEnvironment()
        // https://no-color.org
        return NameDecoration(isColored: environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb")
    }

    /// Appends a name and what stands between it and the line.
    mutating func append(_ process: ProcessName, _ separator: StaticString, to line: inout [UInt8]) {
        if isColored {
            // The same name has the same color, after a restart too.
            let sum = process.description.utf8.reduce(0) { $0 &* 31 &+ Int($1) }
            line.append("\u{1B}[")
            line.append(decimal: Int(Self.colors[Int(sum.magnitude % UInt(Self.colors.count))]))
            line.append("m")
        }
        line.append(process)
        let length = process.description.unicodeScalars.count
        width = min(max(width, length), Self.widest)
        line.append(contentsOf: repeatElement(UInt8(ascii: " "), count: max(0, width - length)))
        line.append(separator)
        if isColored {
            line.append("\u{1B}[0m")
        }
    }
}
