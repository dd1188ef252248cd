import Foundation

/// Why a test cannot go on.
public struct TestFailure: Error, CustomStringConvertible {
    /// One sentence, and whatever helps to find the cause.
    public let description: String

    /// Makes a failure with a description.
    public init(_ description: String) {
        self.description = description
    }
}

/// How long a test waits for a fact at most: far longer than that takes on a busy machine, because then the test fails.
public let waitTimeout = Duration.seconds(180)

/// How long to wait between two looks.
private let (shortestPause, longestPause) = (Duration.milliseconds(10), Duration.milliseconds(200))

/// Waits until a condition holds.
///
/// - Parameters:
///   - description: What is waited for, for the message of the failure.
///   - diagnostics: What has happened so far, for the message of the failure.
///   - isTrue: The condition, which is evaluated every few milliseconds; less often if that takes long, for the sake of what it waits for.
/// - Throws: ``TestFailure`` after ``waitTimeout``, and what the condition throws.
public func wait(
    for description: String,
    diagnostics: () -> String = { "" },
    until isTrue: () async throws -> Bool
) async throws {
    // The threads that all tests share may be busy for so long that the condition would hardly be evaluated.
    try await withDedicatedThread {
        let deadline = ContinuousClock.now + waitTimeout
        var beginning = ContinuousClock.now
        while try await !isTrue() {
            guard ContinuousClock.now < deadline else {
                throw TestFailure("timed out after \(waitTimeout) waiting for \(description)\n\(diagnostics())")
            }
            try Task.checkCancellation()
            let cost = beginning.duration(to: .now)
            await suspend(forMilliseconds: Int(min(max(cost * 2, shortestPause), longestPause) / .milliseconds(1)))
            beginning = .now
        }
    }
}
