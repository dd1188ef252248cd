import ListenerKit

/// Lines on a terminal that are replaced in place; the cursor stands below them.
struct TerminalFrame {
    private static let escape = "\u{1B}["
    /// A line that is too long does not continue in the next one.
    private static let withoutWrapping = Array("\(escape)?7l".utf8)
    private static let withWrapping = Array("\(escape)?7h".utf8)
    private static let eraseLine = Array("\(escape)K".utf8)
    private static let eraseBelow = Array("\(escape)J".utf8)
    private static let newLine = Array("\r\n".utf8)
    private static let ellipsis = Array("…".utf8)

    /// The lines that the terminal shows.
    private var lines: [[UInt8]] = []
    private var columns = 0

    /// Begins with no lines, below those that the terminal shows already.
    init() {}

    /// Replaces the lines.
    ///
    /// - Parameters:
    ///   - new: The lines.
    ///   - columns: The width of the terminal; longer lines are cut.
    /// - Returns: The bytes to write to the terminal; none if nothing has changed.
    mutating func replace(by new: [[UInt8]], columns: Int) -> [UInt8] {
        let new = new.map { Self.cut($0, columns) }
        defer { (lines, self.columns) = (new, columns) }
        guard new != lines || columns != self.columns else {
            return []
        }
        var bytes = Self.withoutWrapping
        if !lines.isEmpty {
            bytes += Array("\r\(Self.escape)\(lines.count)A".utf8)
        }
        for (index, line) in new.enumerated() {
            // A terminal that has become wider or narrower may have moved everything.
            let isSame = index < lines.count && lines[index] == line && columns == self.columns
            // At the end of a line that is full, the last character would be erased.
            bytes += isSame ? [] : Self.eraseLine + line
            bytes += Self.newLine
        }
        if new.count < lines.count || columns != self.columns {
            bytes += Self.eraseBelow
        }
        return bytes + Self.withWrapping
    }

    /// Leaves the first lines to the terminal: they stay as they are, above those that are replaced from now on.
    mutating func keep(_ count: Int) {
        lines.removeFirst(min(count, lines.count))
    }

    /// Cuts a line, assuming one column for each Unicode scalar.
    private static func cut(_ line: [UInt8], _ columns: Int) -> [UInt8] {
        let starts = line.indices.filter { line[$0] & 0xC0 != 0x80 }
        guard starts.count > columns, columns > 0 else {
            return line
        }
        return line[..<starts[columns - 1]] + ellipsis
    }
}
