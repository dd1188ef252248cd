/// How often, and how fast, a process has to be started again for that to be a crash loop.
public struct CrashLoop: Equatable, Sendable {
    /// How often; 1 at least.
    public let count: Int
    /// Within which time.
    public let interval: Duration

    /// Reads `N/SECONDS`; nil results for anything else, and where one of the two is zero.
    init?(_ text: Substring) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let count = Int(parts[0]), let interval = Duration(optionText: String(parts[1])),
            count > 0, interval > .zero
        else {
            return nil
        }
        self.count = count
        self.interval = interval
    }

    /// Whether the latest of some starts make one.
    ///
    /// - Parameter restarts: When the process was started again, the latest last.
    /// - Returns: Whether they do.
    func isReached(by restarts: [ContinuousClock.Instant]) -> Bool {
        guard restarts.count >= count, let last = restarts.last else {
            return false
        }
        return restarts[restarts.count - count].duration(to: last) <= interval
    }
}

extension CrashLoop: CustomStringConvertible {
    /// As it would be typed: `5/60`.
    public var description: String { "\(count)/\(interval.optionText)" }
}
