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
        let stream = Stream(process: event.process, channel: event.channel)
        let new = Writer(pid: event.pid, assembler: LineAssembler(limit: limit))
        return Self.append(event, to: &writers[stream, default: new])
    }

    private static func append(_ event: ProcessLogEvent, to writer: inout Writer) -> [OutputLine] {
        guard event.pid != writer.pid else {
            return writer.assembler.append(event.bytes)
        }
        writer.pid = event.pid
        let last = writer.assembler.finish()
        return (last.map { [$0] } ?? []) + writer.assembler.append(event.bytes)
    }

    /// Returns what has come of a line that has not ended: a prompt, for example.
    package func unfinishedLine(of process: ProcessName, _ channel: OutputChannel) -> ArraySlice<UInt8> {
        writers[Stream(process: process, channel: channel)]?.assembler.unfinishedLine ?? []
    }

    /// Forgets a process, because it has ended or its output is of no interest any more.
    ///
    /// - Returns: The last lines of its streams that nothing has ended.
    @discardableResult
    package mutating func finish(_ process: ProcessName) -> [(channel: OutputChannel, line: OutputLine)] {
        [OutputChannel.stdout, .stderr].compactMap { channel in
            var writer = writers.removeValue(forKey: Stream(process: process, channel: channel))
            return writer?.assembler.finish().map { (channel, $0) }
        }
    }
}
