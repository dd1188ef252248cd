import ListenerKit

extension SupervisorMetrics {
    /// Returns the contents of the file.
    ///
    /// - Parameter isLast: Whether it will not be kept up to date: then how processes are now is left out, and only what was counted
    ///   and measured stays.
    /// - Returns: Text that is always the same for the same metrics.
    func text(isLast: Bool = false) -> [UInt8] {
        let rows = processes.sorted { $0.key < $1.key }.map { (labels: MetricsText.labels($0.key), process: $0.value) }
        var text = MetricsText()
        for metric in Metric.allCases where !isLast || !metric.isPresentState {
            text.begin(metric)
            switch metric {
            case .startup:
                if let startupMilliseconds {
                    text.add(metric, .milliseconds(startupMilliseconds))
                }
            case .lostEvents:
                text.add(metric, .integer(lostEvents))
            case .exits:
                for (labels, process) in rows {
                    text.add(metric, .integer(process.unexpectedExits), labels, #",expected="false""#)
                    text.add(metric, .integer(process.expectedExits), labels, #",expected="true""#)
                }
            default:
                for (labels, process) in rows {
                    if let value = process.value(of: metric) {
                        text.add(metric, value, labels)
                    }
                }
            }
        }
        return text.bytes
    }
}

extension ProcessMetrics {
    /// The value of a metric that a process has one of; nil if it is not known.
    fileprivate func value(of metric: Metric) -> MetricsText.Value? {
        switch metric {
        case .up: isUp.map { .integer($0 ? 1 : 0) }
        case .state: state.map { .integer($0.rawValue) }
        case .exitStatus: state == nil ? nil : exitStatus.map { .integer($0) }
        case .startTime: isUp == true ? start.map { .integer(Int($0.time.seconds)) } : nil
        case .restarts: .integer(restarts)
        case .fatal: .integer(fatal)
        case .backoff: .integer(backoff)
        case .ready: readyMilliseconds.map { .milliseconds($0) }
        case .exits, .startup, .lostEvents: nil
        }
    }
}
