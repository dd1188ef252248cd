import Foundation

/// What a test waited for in vain.
public struct TestFailure: Error, CustomStringConvertible {
    /// One sentence, and whatever helps to find out why.
    public let description: String

    /// Makes a failure of a sentence.
    public init(_ description: String) {
        self.description = description
    }
}

/// So long at most a test waits for a fact: far longer than it takes on a busy machine, because it ends in a failure.
public let waitTimeout = Duration.seconds(180)

/// Waits until something is the case.
///
/// - Parameters:
///   - what: What is waited for, as the failure calls it.
///   - story: What has happened so far, for the failure.
///   - isSo: Whether it is the case; asked every few milliseconds.
/// - Throws: ``TestFailure`` where it does not become so.
public func wait(
    for what: String,
    story: () -> String = { "" },
    until isSo: () async throws -> Bool
) async throws {
    let end = ContinuousClock.now + waitTimeout
    while try await !isSo() {
        guard ContinuousClock.now < end else {
            throw TestFailure("waited \(waitTimeout) for \(what), in vain\n\(story())")
        }
        try Task.checkCancellation()
        await suspend(forMilliseconds: 10)
    }
}
