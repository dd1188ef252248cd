import ListenerKit

/// Lines whose columns stand below each other.
struct Table {
    private struct Cell {
        /// Where its bytes end.
        let end: Int
        /// How many characters it has, as far as that can be told without drawing them.
        let width: Int
        let isLast: Bool
    }

    /// What stands in all cells, one after the other: tables are long, and strings of their own would take their time.
    private var content: [UInt8] = []
    private var cells: [Cell] = []
    private var widths: [Int] = []

    /// Adds a line.
    ///
    /// - Parameter row: Its columns; control characters are escaped, and what is empty at the end leaves no spaces behind.
    mutating func add(_ row: [String]) {
        let count = (row.lastIndex { !$0.isEmpty } ?? 0) + 1
        for (column, text) in row.prefix(count).enumerated() {
            let start = content.count
            content.append(escaping: text)
            let width = content[start...].count { $0 & 0xC0 != 0x80 }
            cells.append(Cell(end: content.count, width: width, isLast: column == count - 1))
            if column == widths.count {
                widths.append(0)
            }
            widths[column] = max(widths[column], width)
        }
    }

    /// The lines.
    var text: [UInt8] {
        var bytes: [UInt8] = []
        var start = 0
        var column = 0
        for cell in cells {
            bytes.append(contentsOf: content[start..<cell.end])
            if cell.isLast {
                bytes.append(UInt8(ascii: "\n"))
            } else {
                bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: widths[column] - cell.width + 2))
            }
            column = cell.isLast ? 0 : column + 1
            start = cell.end
        }
        return bytes
    }
}
