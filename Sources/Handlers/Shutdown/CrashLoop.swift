import ListenerKit

/// How often, and how fast, a process has to be restarted for that to be a crash loop.
package struct CrashLoop: Equatable, Sendable {
    /// How often; at least 1.
    let count: Int
    /// Within which time.
    let interval: Duration

    /// Reads `N/SECONDS`; nil for anything else, and if one of the two is zero.
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

    /// Returns whether the latest of some restarts make a crash loop.
    ///
    /// - Parameter restarts: When the process was restarted, the latest last.
    /// - Returns: Whether they do.
    func isReached(by restarts: [ContinuousClock.Instant]) -> Bool {
        guard restarts.count >= count, let last = restarts.last else {
            return false
        }
        return restarts[restarts.count - count].duration(to: last) <= interval
    }
}

extension CrashLoop: CustomStringConvertible {
    /// The crash loop as it would be typed: `5/60`.
    package var description: String { "\(count)/\(interval.optionText)" }
}
