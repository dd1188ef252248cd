import ListenerKit

/// Shows how processes stand, each time that it has changed.
struct StatusDisplay {
    /// Where and how it is shown.
    enum Form {
        /// Nothing is shown.
        case none
        /// As lines of a terminal that are replaced.
        case terminal
        /// As tables, one after the other.
        case tables
        /// As JSON objects, one a line.
        case json
    }

    /// Standard output.
    private static let descriptor: Int32 = 1

    /// Where and how it is shown.
    let form: Form
    private var frame = TerminalFrame()
    /// What was shown last, without what changes all the time; nil if nothing was.
    private var last: [UInt8]?

    /// Begins with nothing shown.
    ///
    /// - Parameters:
    ///   - format: The format.
    ///   - isQuiet: Whether nothing is shown.
    init(_ format: StatusFormat, isQuiet: Bool) {
        form =
            switch format {
            case _ where isQuiet: .none
            case .json: .json
            case .text: Terminal.canReplaceLines(Self.descriptor) ? .terminal : .tables
            }
    }

    /// Shows what was observed.
    ///
    /// - Throws: ``SystemError`` if it cannot be written, for example because the reader is gone.
    mutating func show(_ observation: StatusObservation) throws(SystemError) {
        switch form {
        case .none: break
        case .terminal: try replace(observation)
        case .tables:
            let separator: [UInt8] = last == nil ? [] : [UInt8(ascii: "\n")]
            try print(separator + observation.table, ifChanged: observation.withoutCounts.table)
        case .json: try print(observation.json, ifChanged: observation.withoutCounts.json)
        }
    }

    /// Has the lines of a terminal written below what another program has written since.
    mutating func beginAnew() {
        frame = TerminalFrame()
    }

    private mutating func print(_ text: [UInt8], ifChanged new: [UInt8]) throws(SystemError) {
        if new != last {
            last = new
            try writeAll(text, to: Self.descriptor)
        }
    }

    private mutating func replace(_ observation: StatusObservation) throws(SystemError) {
        let (columns, rows) = Terminal.size(Self.descriptor)
        let lines =
            switch observation {
            // The cursor stands in a line of its own. What stays in the end may well be longer than the terminal.
            case .facts(let facts):
                StatusScreen.lines(of: StatusReport(facts), rows: observation.isUp ? .max : rows - 1)
            case .problem(let problem): StatusScreen.lines(ofText: problem, columns: columns)
            }
        try writeAll(frame.replace(by: lines, columns: columns), to: Self.descriptor)
    }
}
