import ListenerKit

/// Shows how a restart goes on: a line for each process that was restarted, and on a terminal what is being done below these.
struct RestartDisplay {
    /// Standard output.
    private static let descriptor: Int32 = 1

    /// Whether lines can be replaced.
    let isTerminal = Terminal.canReplaceLines(Self.descriptor)
    private var frame = TerminalFrame()
    private var pending: [String] = []
    /// Whether what is shown is not read any more, which does not matter to a restart.
    private var lacksReader = false

    /// Adds a line that stays.
    mutating func add(_ line: String) {
        pending.append(line)
    }

    /// Shows the lines that were added, and what is being done.
    ///
    /// - Parameter work: What is being done, a line each; shown only on a terminal, in place of what was shown before.
    mutating func show(_ work: [String]) {
        if isTerminal {
            let (columns, rows) = Terminal.size(Self.descriptor)
            // What stays may be longer than the terminal is wide; what is replaced is cut.
            let kept = pending.flatMap { StatusScreen.lines(ofText: $0, columns: columns) }
            // The cursor stands in a line of its own.
            let replaced = work.prefix(max(rows - 1, 1)).map { Self.bytes($0) }
            write(frame.replace(by: kept + replaced, columns: columns))
            frame.keep(kept.count)
        } else {
            write(pending.flatMap { Self.bytes($0) + [UInt8(ascii: "\n")] })
        }
        pending = []
    }

    private static func bytes(_ line: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(escaping: line)
        return bytes
    }

    private mutating func write(_ bytes: [UInt8]) {
        guard !bytes.isEmpty, !lacksReader else {
            return
        }
        do {
            try writeAll(bytes, to: Self.descriptor)
        } catch {
            lacksReader = true
        }
    }
}
