import ListenerKit

/// The table of all processes as lines on a terminal.
struct StatusScreen {
    /// Returns the lines of a table; those of processes that are up are left out first if there are too many.
    ///
    /// - Parameters:
    ///   - report: The status of every process.
    ///   - rows: How many lines there is room for.
    /// - Returns: The lines.
    static func lines(of report: StatusReport, rows: Int) -> [[UInt8]] {
        let table = lines(of: report.text)
        guard table.count > rows, rows > 0 else {
            return table
        }
        let room = rows - 1
        let urgent = report.lines.indices.filter { !report.lines[$0].isUp }
        let others = report.lines.indices.filter { report.lines[$0].isUp }
        let shown = (urgent + others).prefix(room).sorted()
        let rest = report.lines.count - shown.count
        let isUpCount = others.count - shown.count { report.lines[$0].isUp }
        let note = isUpCount == rest ? "which are up" : "\(isUpCount) of them up"
        return shown.map { table[$0] } + [Array("… and \(rest) more, \(note)".utf8)]
    }

    /// Returns a text in lines that fit a terminal.
    static func lines(ofText text: String, columns: Int) -> [[UInt8]] {
        var lines: [[UInt8]] = [[]]
        var width = 0
        var bytes: [UInt8] = []
        bytes.append(escaping: text)
        for byte in bytes {
            if byte & 0xC0 != 0x80 {
                width += 1
            }
            if width > max(columns, 1) {
                lines.append([])
                width = 1
            }
            lines[lines.count - 1].append(byte)
        }
        return lines
    }

    private static func lines(of text: [UInt8]) -> [[UInt8]] {
        text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast().map { Array($0) }
    }
}
