/// A file is not what a listener has written with `--log-metrics`.
struct MalformedMetricsError: Error, Equatable {
    /// The number of the first line that is wrong, or missing.
    let line: Int
}
