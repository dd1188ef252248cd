import ListenerKit
import Testing

@Suite struct DeadlineTests {
    @Test(arguments: [Duration.zero, .seconds(-1), .seconds(Int64.min)])
    func pastDeadlinesHavePassed(duration: Duration) {
        let deadline = Deadline(after: duration)
        #expect(deadline.hasPassed)
        #expect(deadline.milliseconds == 0)
    }

    @Test(arguments: [Duration.seconds(3600), .seconds(Int64.max)])
    func futureDeadlinesHaveNotPassed(duration: Duration) {
        let deadline = Deadline(after: duration)
        #expect(!deadline.hasPassed)
        #expect(deadline.milliseconds > 3_500_000)
    }
}
