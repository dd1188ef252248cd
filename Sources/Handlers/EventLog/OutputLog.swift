import ListenerKit

/// Logs what programs write, line by line.
///
/// A class, because lines are put together and written at the same time, each in a place of its own.
final class OutputLog {
    /// How many bytes of lines are put together before they are written.
    private static let batchSize = 64 * 1024

    private let format: LogFormat
    private let destination: LogDestination
    private var lines = OutputLines()
    private var formatter: OutputFormatter
    /// Lines that are to be written together; the memory is used again.
    private var batch: [UInt8] = []

    /// Begins without any output.
    init(_ format: LogFormat, _ json: OutputJSON, _ destination: LogDestination) {
        self.format = format
        self.destination = destination
        let isForPeople = format == .text && destination.sharesStandardError
        formatter = OutputFormatter(format, json, isForPeople ? .ifTerminal() : nil)
    }

    /// Logs the lines that end in a piece of output.
    func log(_ event: ProcessLogEvent) {
        formatter.learn(from: event.header)
        var begun: Int?
        lines.append(event) { line, pid in
            if begun != pid {
                begun = pid
                formatter.begin(OutputSource(event, pid: pid))
            }
            append(line)
        }
        write()
    }

    /// Logs a message between supervisord's tags as one line, whatever is in it.
    ///
    /// - Returns: Whether it is logged; for people it is an event like others.
    func log(_ event: ProcessCommunicationEvent) -> Bool {
        guard format != .text else {
            return false
        }
        formatter.learn(from: event.header)
        formatter.begin(OutputSource(event))
        let bytes = event.bytes
        let end = bytes.lastIndex { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }.map { $0 + 1 } ?? 0
        append(OutputLine(bytes: bytes[..<end], isContinued: false))
        write()
        return true
    }

    /// Logs what a process has written behind its last newline, if it has ended with a change of its state.
    func finish(_ change: ProcessStateEvent) {
        switch change.transition {
        case .running, .stopping: break
        case .starting, .backoff, .exited, .stopped, .fatal, .unknown:
            formatter.learn(from: change.header)
            log(lines.finish(change.process), at: change.header.time)
        }
    }

    /// Logs what all processes but some have written behind their last newlines.
    func finishAll(except known: Set<ProcessName> = []) {
        log(lines.finishAll(except: known), at: .now)
    }

    /// Logs what has come of all lines, because pieces of output are missing here: halves of two lines must not become one.
    func interruptAll(at time: Timestamp) {
        log(lines.interruptAll(), at: time)
    }

    private func log(_ unfinished: [UnfinishedLine], at time: Timestamp) {
        for unfinished in unfinished {
            formatter.begin(OutputSource(unfinished, at: time))
            append(unfinished.line)
        }
        write()
    }

    private func append(_ line: OutputLine) {
        formatter.append(line, to: &batch)
        if batch.count >= Self.batchSize {
            write()
        }
    }

    private func write() {
        guard !batch.isEmpty else {
            return
        }
        destination.write(batch)
        batch.removeAll(keepingCapacity: true)
    }
}

extension OutputSource {
    fileprivate init(_ event: ProcessLogEvent, pid: Int) {
        self.init(
            time: event.header.time,
            event: event.header.name,
            process: event.process,
            pid: pid,
            channel: event.channel
        )
    }

    fileprivate init(_ event: ProcessCommunicationEvent) {
        self.init(
            time: event.header.time,
            event: event.header.name,
            process: event.process,
            pid: event.pid,
            channel: event.channel
        )
    }

    fileprivate init(_ unfinished: UnfinishedLine, at time: Timestamp) {
        let kind = unfinished.channel == .stdout ? EventKind.processLogStdout : .processLogStderr
        self.init(
            time: time,
            event: kind.rawValue,
            process: unfinished.process,
            pid: unfinished.pid,
            channel: unfinished.channel
        )
    }
}
