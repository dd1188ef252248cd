import ListenerKit

/// Lines whose columns stand below each other.
struct Table {
    private var rows: [[String]] = []
    private var widths: [Int] = []

    /// Adds a line.
    ///
    /// - Parameter cells: Its columns; control characters are escaped.
    mutating func add(_ cells: [String]) {
        let cells = cells.map { escaped($0) }
        for (column, cell) in cells.enumerated() {
            let width = cell.unicodeScalars.count
            if column == widths.count {
                widths.append(width)
            } else {
                widths[column] = max(widths[column], width)
            }
        }
        rows.append(cells)
    }

    /// The lines; columns that are empty up to the end leave no spaces behind.
    var text: [UInt8] {
        var bytes: [UInt8] = []
        for row in rows {
            let last = row.lastIndex { !$0.isEmpty } ?? -1
            for (column, cell) in row.enumerated() where column <= last {
                bytes.append(contentsOf: cell.utf8)
                if column < last {
                    let missing = widths[column] - cell.unicodeScalars.count
                    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: missing + 2))
                }
            }
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }

    private func escaped(_ cell: String) -> String {
        var bytes: [UInt8] = []
        bytes.append(escaping: cell)
        return String(decoding: bytes, as: UTF8.self)
    }
}
