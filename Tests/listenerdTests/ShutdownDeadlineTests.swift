import Testing

@testable import listenerd

/// What is done, and said, about a shutdown that takes long.
@Suite struct ShutdownDeadlineTests {
    private let start = ContinuousClock.now

    private func deadline(_ timeout: Duration, _ limit: ShutdownDeadline.Limit) -> ShutdownDeadline {
        ShutdownDeadline(after: .terminate, at: start, timeout: timeout, limit)
    }

    @Test func nothingIsDoneBeforeTheDeadline() {
        var deadline = deadline(.seconds(5), .groups)
        #expect(deadline.next == start + .seconds(5))
        #expect(deadline.step(at: start + .seconds(4.999)) == nil)
        #expect(!deadline.hasPassed)
    }

    @Test func programsAreKilledFirstAndSupervisordSoonAfterwards() {
        var deadline = deadline(.seconds(2), .option)
        var now = start + .seconds(2)
        #expect(deadline.step(at: now) == .killPrograms)
        #expect(deadline.hasPassed)
        #expect(deadline.step(at: now) == nil)
        now = deadline.next
        #expect(now == start + .seconds(2.25))
        #expect(deadline.step(at: now) == .killSupervisord)
        #expect(deadline.step(at: now) == nil)
        now = deadline.next
        #expect(now == start + .seconds(12.25))
        #expect(deadline.step(at: now) == .giveUp)
    }

    @Test func aShutdownThatTakesTenSecondsIsReportedOnce() {
        var deadline = deadline(.seconds(60), .order)
        #expect(deadline.next == start + .seconds(10))
        #expect(deadline.step(at: deadline.next) == .remind)
        #expect(deadline.step(at: deadline.next - .seconds(1)) == nil)
        #expect(deadline.next == start + .seconds(60))
        #expect(deadline.step(at: deadline.next) == .killPrograms)
    }

    @Test(arguments: [(ShutdownDeadline.Limit.order, 43), (.groups, 43), (.option, 20)])
    func supervisordMayTakeLongerThanAnOrderedStop(limit: ShutdownDeadline.Limit, seconds: Int) {
        var deadline = deadline(.seconds(20), limit)
        _ = deadline.step(at: start + .seconds(10))
        deadline.extend(to: .seconds(30), at: start + .seconds(13))
        #expect(deadline.next == start + .seconds(seconds))
    }

    @Test func aDeadlineThatHasPassedIsNotExtended() {
        var deadline = deadline(.seconds(2), .order)
        _ = deadline.step(at: start + .seconds(2))
        deadline.extend(to: .seconds(30), at: start + .seconds(2))
        #expect(deadline.next == start + .seconds(2.25))
    }

    @Test(arguments: [
        (
            ShutdownDeadline.Limit.groups, "a, b",
            """
            supervisord did not exit within 12 s of SIGTERM, 10 s more than the stopwaitsecs of its programs add up to; \
            killing it and what it still runs: a, b
            """
        ),
        (
            .groups, "",
            """
            supervisord did not exit within 12 s of SIGTERM, 10 s more than the stopwaitsecs of its programs add up to; \
            killing it
            """
        ),
        (
            .order, "a, b",
            """
            programs did not stop within 12 s of SIGTERM, 10 s more than their stopwaitsecs add up to in the order in which \
            they stop; killing what still runs: a, b
            """
        ),
        (
            .option, "a",
            """
            programs did not stop within 12 s of SIGTERM, the time that --stop-timeout allows; killing what still runs: a
            """
        ),
        (
            .option, "",
            "supervisord did not exit within 12 s of SIGTERM, the time that --stop-timeout allows; killing it"
        ),
    ])
    func theMessageSaysWhatHasTakenTooLong(limit: ShutdownDeadline.Limit, names: String, text: String) {
        #expect(deadline(.seconds(12), limit).overdueMessage(names) == text)
    }

    @Test(arguments: [(ShutdownDeadline.Limit.groups, "shutting down"), (.order, "stopping programs")])
    func theReminderSaysWhatIsGoingOn(limit: ShutdownDeadline.Limit, work: String) {
        let text = """
            supervisord is still \(work) 10 s after SIGTERM; still running: a; it kills each program after its stopwaitsecs, \
            and supervise kills what is left in 20 s
            """
        #expect(deadline(.seconds(30), limit).reminder("a", at: start + .seconds(10)) == text)
    }
}
