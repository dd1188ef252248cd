import Testing

@testable import listenerd

@Suite struct ShutdownDeadlineTests {
    /// What it takes to tell supervisord, which may hang, belongs to the time that supervisord has.
    @Test func timeoutBeginsBeforeSupervisordIsSignaled() {
        let start = ContinuousClock.now - .seconds(3)
        let deadline = ShutdownDeadline(after: .terminate, at: start, timeout: .seconds(5))
        #expect(deadline.nextLook == start + .seconds(5))
    }
}
