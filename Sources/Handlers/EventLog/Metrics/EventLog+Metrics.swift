public import ListenerKit

extension EventLog {
    /// The file for Prometheus.
    package static let metricsFile = Option<String?>(
        "metrics",
        "file",
        .file,
        help: "the file to keep metrics for Prometheus in; none by default"
    )

    /// Returns the metrics that are kept; nil if there is no file for them.
    static func metrics(_ context: Context) throws -> Metrics? {
        try context[metricsFile].map { try Metrics($0, context) }
    }
}

extension EventLog: AlarmHandler {
    /// Writes the metrics.
    ///
    /// - Parameter event: The alarm.
    public func handle(_ event: AlarmEvent) {
        metrics?.handleAlarm()
    }
}
