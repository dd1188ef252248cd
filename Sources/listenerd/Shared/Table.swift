import ListenerKit

/// A table of text with aligned columns.
struct Table {
    private struct Cell {
        /// The index in `content` at which its bytes end.
        let end: Int
        /// How many columns of a terminal it takes, assuming one for each Unicode scalar.
        let width: Int
        let isLast: Bool
    }

    /// The content of all cells, one after the other: a table may be long, and a string for each cell would be slow.
    private var content: [UInt8] = []
    private var cells: [Cell] = []
    private var widths: [Int] = []

    /// Adds a row.
    ///
    /// - Parameter row: Its columns; control characters are escaped, and empty columns at the end leave no trailing spaces.
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

    /// The rows, as text.
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
