/// Puts lines together from the chunks of one stream of output.
///
/// A line ends with `\n`, `\r\n` or `\r`, with which programs draw a progress bar again. It ends as soon as one of these has come:
/// the `\n` of a `\r\n` may come with the next chunk, and is ignored then.
package struct LineAssembler: Sendable {
    /// How many bytes of a line are kept at most: a longer one is cut.
    package static let defaultLimit = 64 * 1024

    private let limit: Int
    /// What has come of a line that has not ended.
    private var rest: [UInt8] = []
    /// Whether the line that has not ended continues one that was passed on already.
    private var isCut = false
    /// Whether a line was ended by a `\r`, so that more of these, and a `\n`, belong to the same end.
    private var hasReturned = false

    /// Creates an assembler for the beginning of a stream.
    ///
    /// - Parameter limit: How many bytes a line may have before it is cut, at least 4.
    package init(limit: Int = defaultLimit) {
        self.limit = limit
    }

    /// What has come of a line that has not ended: a prompt, for example.
    package var unfinishedLine: ArraySlice<UInt8> { rest[...] }

    /// Adds a chunk.
    ///
    /// - Returns: The lines that end in it.
    package mutating func append(_ chunk: [UInt8]) -> [OutputLine] {
        var lines: [OutputLine] = []
        append(chunk) { lines.append($0) }
        return lines
    }

    /// Adds a chunk, and calls a function with each line that ends in it.
    package mutating func append(_ chunk: [UInt8], _ body: (OutputLine) -> Void) {
        var start = 0
        var newline = chunk.span.firstIndex(of: Self.newline, from: 0)
        var carriageReturn = chunk.span.firstIndex(of: Self.carriageReturn, from: 0)
        while newline < chunk.count || carriageReturn < chunk.count {
            let isNewline = newline < carriageReturn
            let end = isNewline ? newline : carriageReturn
            endLine(chunk[start..<end], isNewline, body)
            start = end + 1
            if isNewline {
                newline = chunk.span.firstIndex(of: Self.newline, from: start)
            } else {
                carriageReturn = chunk.span.firstIndex(of: Self.carriageReturn, from: start)
            }
        }
        rest += chunk[start...]
        if rest.count > limit {
            rest = Array(cut(rest[...], body))
        }
    }

    /// Ends a line before its end has come, because what comes next may not belong to it.
    ///
    /// - Returns: What has come of it; nil if nothing has.
    package mutating func interrupt() -> OutputLine? {
        guard !rest.isEmpty else {
            return nil
        }
        defer {
            rest = []
            isCut = true
        }
        return OutputLine(bytes: rest[...], isContinued: true, isContinuation: isCut)
    }

    /// Ends the stream.
    ///
    /// - Returns: The last line, if nothing has ended it.
    package mutating func finish() -> OutputLine? {
        defer { self = LineAssembler(limit: limit) }
        return rest.isEmpty ? nil : OutputLine(bytes: rest[...], isContinued: false, isContinuation: isCut)
    }

    /// Ends a line, unless nothing has come before a `\r`, or since one.
    private mutating func endLine(_ text: ArraySlice<UInt8>, _ isNewline: Bool, _ body: (OutputLine) -> Void) {
        var line = text
        if !rest.isEmpty {
            rest += text
            line = rest[...]
            rest = []
        }
        if !line.isEmpty || isNewline && !hasReturned {
            let end = cut(line, body)
            body(OutputLine(bytes: end, isContinued: false, isContinuation: isCut))
            isCut = false
            hasReturned = true
        }
        hasReturned = hasReturned && !isNewline
    }

    /// Cuts as many pieces off a line as it is too long for.
    ///
    /// - Returns: What is left, which is never empty if something was cut off.
    private mutating func cut(_ line: ArraySlice<UInt8>, _ body: (OutputLine) -> Void) -> ArraySlice<UInt8> {
        var line = line
        while line.count > limit {
            let piece = line.prefix(limit).withoutUnfinishedCharacter
            body(OutputLine(bytes: piece, isContinued: true, isContinuation: isCut))
            isCut = true
            line = line[piece.endIndex...]
        }
        return line
    }

    private static let newline = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
}
