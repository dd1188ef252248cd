package import ListenerKit

/// The gates that wait for output, `log:` and `message:`: finds out which of them a piece of output passes.
///
/// Output of a process without such gates that are shut costs no more than it takes to see that.
package struct OutputGates: Sendable {
    /// The gates of one process that are shut, each with its index among all gates of the process.
    private struct ShutGates {
        var logs: [(gate: Int, pattern: LinePattern)] = []
        var messages: [(gate: Int, text: String)] = []
    }

    /// A line that has not ended is compared only up to this length: it is compared again with each piece that comes.
    private static let longestPrompt = 4096

    private var processes: [ProcessName: ShutGates] = [:]
    private var lines = OutputLines(limit: RegularExpression.longestLine)
    /// The patterns that have been compiled: a process is watched anew with each of its starts.
    private var patterns: [String: LinePattern] = [:]

    /// Creates a value that watches no process.
    package init() {}

    /// Watches a process from now on, with all of its gates shut: it is being started.
    ///
    /// - Parameters:
    ///   - process: The process.
    ///   - gates: All of its gates; those that do not wait for output are left out.
    package mutating func watch(_ process: ProcessName, _ gates: [Gate]) {
        unwatch(process)
        var shut = ShutGates()
        for (index, gate) in gates.enumerated() {
            switch gate.kind {
            case .log(let text):
                if let pattern = pattern(text) {
                    shut.logs.append((index, pattern))
                }
            case .message(let text): shut.messages.append((index, text))
            case .probe, .notification, .unreadable: break
            }
        }
        keep(shut, of: process)
    }

    /// Watches a process no longer, because it does not run.
    package mutating func unwatch(_ process: ProcessName) {
        keep(ShutGates(), of: process)
    }

    /// Follows a piece of output.
    ///
    /// - Returns: The gates of its process that it passes, by their indices; none is returned again before ``watch(_:_:)``.
    package mutating func apply(_ event: ProcessLogEvent) -> [Int] {
        guard !processes.isEmpty, var shut = processes[event.process], !shut.logs.isEmpty else {
            return []
        }
        let ended = lines.append(event)
        let prompt = lines.unfinishedLine(of: event.process, event.channel)
        let passed = shut.logs.filter { _, pattern in
            ended.contains { pattern.matches($0.bytes) }
                || prompt.count <= Self.longestPrompt && pattern.matches(unfinished: prompt)
        }
        guard !passed.isEmpty else {
            return []
        }
        shut.logs.removeAll { gate, _ in passed.contains { $0.gate == gate } }
        keep(shut, of: event.process)
        return passed.map { $0.gate }
    }

    /// Follows a text that a program has sent between supervisord's tags; white space around it does not count.
    ///
    /// - Returns: The gates of its process that it passes, by their indices; none is returned again before ``watch(_:_:)``.
    package mutating func apply(_ event: ProcessCommunicationEvent) -> [Int] {
        guard !processes.isEmpty, var shut = processes[event.process], !shut.messages.isEmpty else {
            return []
        }
        let bytes = event.bytes
        let text = bytes[PythonWhitespace.trimming(0..<bytes.count, of: bytes)]
        let passed = shut.messages.filter { text.elementsEqual($0.text.utf8) }
        shut.messages.removeAll { gate, _ in passed.contains { $0.gate == gate } }
        keep(shut, of: event.process)
        return passed.map { $0.gate }
    }

    private mutating func keep(_ shut: ShutGates, of process: ProcessName) {
        processes[process] = shut.logs.isEmpty && shut.messages.isEmpty ? nil : shut
        if shut.logs.isEmpty {
            lines.finish(process)
        }
    }

    private mutating func pattern(_ text: String) -> LinePattern? {
        if let known = patterns[text] {
            return known
        }
        let new = LinePattern(text)
        patterns[text] = new
        return new
    }
}
