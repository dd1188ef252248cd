import Testing

@testable import listenerd

@Suite struct ShutdownDeadlineTests {
    /// The time that it takes to send the signal, which may be long if supervisord hangs, counts.
    @Test func timeoutBeginsBeforeSupervisordIsSignaled() {
        let start = ContinuousClock.now - .seconds(3)
        let deadline = ShutdownDeadline(after: .terminate, at: start, timeout: .seconds(5))
        #expect(deadline.next == start + .seconds(5))
    }
}
