import ListenerKit

/// How one gate of a process stands since the process was started.
struct GateState {
    /// The shortest time between the end of an attempt and the next one.
    private static let shortestPause = Duration.milliseconds(50)
    /// The longest one.
    private static let longestPause = Duration.seconds(2)

    /// Whether it has passed.
    var hasPassed = false
    /// The attempt that is being made, by its id.
    private(set) var attempt: Int?
    /// How many attempts have failed or passed.
    private(set) var attempts = 0
    /// Why the last attempt failed.
    var lastAnswer: String?
    /// When the last attempt ended.
    private(set) var lastTried: ContinuousClock.Instant?
    /// When the next attempt is due; nil for at once.
    private(set) var next: ContinuousClock.Instant?
    /// When the first attempt was begun.
    private var firstTried: ContinuousClock.Instant?

    /// Records that an attempt begins.
    mutating func begin(_ attempt: Int, at now: ContinuousClock.Instant) {
        self.attempt = attempt
        firstTried = firstTried ?? now
    }

    /// Records that the present attempt has been canceled.
    ///
    /// - Returns: The attempt; nil if there is none.
    mutating func cancel() -> Int? {
        attempt.take()
    }

    /// Records the outcome of the present attempt.
    ///
    /// The pauses grow with the time for which it has been tried: a program that is ready at once is seen at once, and one that takes
    /// minutes is hardly disturbed.
    mutating func finish(_ outcome: ProbeOutcome, at now: ContinuousClock.Instant) {
        attempt = nil
        attempts += 1
        lastTried = now
        switch outcome {
        case .passed:
            hasPassed = true
        case .failed(let answer):
            lastAnswer = answer
            let elapsed = firstTried.map { $0.duration(to: now) } ?? .zero
            next = now + min(max(elapsed / 10, Self.shortestPause), Self.longestPause)
        }
    }

    /// Has the next attempt made at once.
    mutating func hurry() {
        next = nil
    }
}
