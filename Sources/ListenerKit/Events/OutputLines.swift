/// Puts lines together from what processes write, each of their streams by itself.
package struct OutputLines: Sendable {
    private struct Stream: Hashable {
        let process: ProcessName
        let channel: OutputChannel
    }

    private struct Writer {
        var pid: Int
        var assembler: LineAssembler
    }

    private let limit: Int
    private var writers: [Stream: Writer] = [:]

    /// Creates a value that has seen no output.
    ///
    /// - Parameter limit: How many bytes a line may have before it is cut, at least 4.
    package init(limit: Int = LineAssembler.defaultLimit) {
        self.limit = limit
    }

    /// Adds a piece of output.
    ///
    /// - Returns: The lines that end in it; before them the last one of a process whose end ``finish(_:)`` has not told.
    package mutating func append(_ event: ProcessLogEvent) -> [OutputLine] {
        var lines: [OutputLine] = []
        append(event) { line, _ in lines.append(line) }
        return lines
    }

    /// Adds a piece of output, and calls a function with each line that ends in it, and the id of the process that wrote it.
    ///
    /// Before these comes the last line of a process whose end ``finish(_:)`` has not told.
    package mutating func append(_ event: ProcessLogEvent, _ body: (_ line: OutputLine, _ pid: Int) -> Void) {
        let stream = Stream(process: event.process, channel: event.channel)
        let new = Writer(pid: event.pid, assembler: LineAssembler(limit: limit))
        Self.append(event, to: &writers[stream, default: new], body)
    }

    private static func append(
        _ event: ProcessLogEvent,
        to writer: inout Writer,
        _ body: (_ line: OutputLine, _ pid: Int) -> Void
    ) {
        if event.pid != writer.pid {
            if let last = writer.assembler.finish() {
                body(last, writer.pid)
            }
            writer.pid = event.pid
        }
        writer.assembler.append(event.bytes) { body($0, event.pid) }
    }

    /// Returns what has come of a line that has not ended: a prompt, for example.
    package func unfinishedLine(of process: ProcessName, _ channel: OutputChannel) -> ArraySlice<UInt8> {
        writers[Stream(process: process, channel: channel)]?.assembler.unfinishedLine ?? []
    }

    /// Forgets a process, because it has ended or its output is of no interest any more.
    ///
    /// - Returns: The last lines of its streams that nothing has ended.
    @discardableResult
    package mutating func finish(_ process: ProcessName) -> [UnfinishedLine] {
        [OutputChannel.stdout, .stderr].compactMap { finish(Stream(process: process, channel: $0)) }
    }

    /// Forgets all processes but those that are known.
    ///
    /// - Returns: The last lines of their streams that nothing has ended.
    package mutating func finishAll(except known: Set<ProcessName> = []) -> [UnfinishedLine] {
        orderedStreams.filter { !known.contains($0.process) }.compactMap { finish($0) }
    }

    /// Ends all lines before their ends have come, because pieces of output are missing here.
    ///
    /// - Returns: What has come of them, marked as continued.
    package mutating func interruptAll() -> [UnfinishedLine] {
        orderedStreams.compactMap { stream in
            writers[stream]?.assembler.interrupt().flatMap { unfinished($0, of: stream, writers[stream]?.pid) }
        }
    }

    private var orderedStreams: [Stream] {
        writers.keys.sorted { ($0.process, $0.channel.rawValue) < ($1.process, $1.channel.rawValue) }
    }

    private mutating func finish(_ stream: Stream) -> UnfinishedLine? {
        var writer = writers.removeValue(forKey: stream)
        return writer?.assembler.finish().flatMap { unfinished($0, of: stream, writer?.pid) }
    }

    private func unfinished(_ line: OutputLine, of stream: Stream, _ pid: Int?) -> UnfinishedLine? {
        pid.map { UnfinishedLine(process: stream.process, channel: stream.channel, pid: $0, line: line) }
    }
}
