import ListenerKit

/// Reads what an earlier listener has counted from the file that it has left.
struct MetricsReader {
    private let time: Timestamp
    private var processes: [ProcessName: ProcessMetrics] = [:]
    private var lostEvents: Int?
    private var startupMilliseconds: Int?

    /// Reads the contents of a file.
    ///
    /// - Parameters:
    ///   - bytes: The contents.
    ///   - time: When they were written.
    /// - Returns: What was counted; how processes were is left out.
    /// - Throws: ``MalformedMetricsError`` if it is no such file, or only a part of one.
    static func read(_ bytes: [UInt8], writtenAt time: Timestamp) throws(MalformedMetricsError) -> SupervisorMetrics {
        var reader = MetricsReader(time: time)
        var number = 0
        var rest = bytes[...]
        while !rest.isEmpty {
            number += 1
            guard let end = rest.firstIndex(of: UInt8(ascii: "\n")), reader.readLine(rest[..<end]) else {
                throw MalformedMetricsError(line: number)
            }
            rest = rest[(end + 1)...]
        }
        // It comes last.
        guard let lostEvents = reader.lostEvents else {
            throw MalformedMetricsError(line: number + 1)
        }
        return SupervisorMetrics(
            counted: reader.processes,
            lostEvents: lostEvents,
            startupMilliseconds: reader.startupMilliseconds
        )
    }

    /// Reads a line.
    ///
    /// - Returns: Whether it can be read.
    private mutating func readLine(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.first != UInt8(ascii: "#") else {
            return true
        }
        guard let sample = MetricsSample(line) else {
            return false
        }
        switch sample.metric {
        case .startup: startupMilliseconds = sample.milliseconds
        case .lostEvents: lostEvents = sample.count
        default:
            guard let process = sample.process else {
                return false
            }
            return read(sample, into: &processes[process, default: ProcessMetrics(countedUntil: time)])
        }
        return true
    }

    private func read(_ sample: MetricsSample, into process: inout ProcessMetrics) -> Bool {
        switch sample.metric {
        case .up, .state, .exitStatus, .startTime, .startup, .lostEvents: return true
        case .restarts: return sample.copyCount(to: &process.restarts)
        case .fatal: return sample.copyCount(to: &process.fatal)
        case .backoff: return sample.copyCount(to: &process.backoff)
        case .ready: process.readyMilliseconds = sample.milliseconds
        case .exits:
            switch sample.labels["expected"] {
            case "true": return sample.copyCount(to: &process.expectedExits)
            case "false": return sample.copyCount(to: &process.unexpectedExits)
            default: return false
            }
        }
        return process.readyMilliseconds != nil
    }
}

extension MetricsSample {
    /// Copies the value of a counter.
    ///
    /// - Returns: Whether it is one.
    fileprivate func copyCount(to counter: inout Int) -> Bool {
        guard let count else {
            return false
        }
        counter = count
        return true
    }
}
