import Testing

@testable import ListenerKit

/// What is said of a handler that is late.
@Suite final class LateRecordTests {
    private static let event = Event.tick(TickEvent(header: EventHeader(name: "TICK_5"), period: .fiveSeconds, when: Timestamp(seconds: 5)))
    private let start = MonotonicTime.now
    private var record = LateRecord()

    private func begin(after seconds: Int = 0) -> Bool {
        record.begin(with: Self.event, at: start + .seconds(seconds))
    }

    private func end(after seconds: Int) -> Duration? {
        record.end(at: start + .seconds(seconds))
    }

    private func endInterval() -> LateRecord.Sum? { record.endInterval() }

    @Test func firstHoldUpAndItsEndAreReported() {
        #expect(begin(after: 1))
        #expect(end(after: 4) == .seconds(3))
        #expect(end(after: 5) == nil)
        #expect(endInterval() == nil)
        #expect(begin(after: 70))
    }

    @Test func laterHoldUpsAreReportedInTotal() {
        #expect(begin())
        #expect(end(after: 1) != nil)
        for second in 2..<12 {
            #expect(!begin(after: second))
            #expect(end(after: second) == nil)
        }
        let sum = endInterval()
        #expect(sum?.count == 10)
        #expect(sum?.event == nil)
        #expect(!begin(after: 70))
        #expect(endInterval()?.count == 1)
        #expect(endInterval() == nil)
    }

    @Test func handlersStillLateAreReportedWithTheTotal() {
        #expect(begin())
        #expect(end(after: 1) != nil)
        #expect(!begin(after: 2))
        let sum = endInterval()
        #expect(sum?.count == 1)
        #expect(sum?.event == Self.event)
        #expect(end(after: 100) == .seconds(98))
    }

    @Test func handlersLateForAWholeIntervalAreNotReportedAgain() {
        #expect(begin())
        #expect(endInterval() == nil)
        #expect(end(after: 100) == .seconds(100))
    }

    @Test(arguments: [
        (Self.event, "TICK_5 (serial 0) since 1970-01-01T00:00:00.000Z"),
        (
            .processState(
                ProcessStateEvent(
                    header: EventHeader(
                        name: "PROCESS_STATE_EXITED",
                        serial: 21,
                        time: Timestamp(nanoseconds: 1_500_000_000)
                    ),
                    process: ProcessName(group: "web", process: "web_0"),
                    previous: .running,
                    transition: .exited(expected: true, pid: 1)
                )
            ),
            "PROCESS_STATE_EXITED of web:web_0 (serial 21) since 1970-01-01T00:00:01.500Z"
        ),
        (
            .other(OtherEvent(header: EventHeader(name: "X", serial: EventHeader.unnumbered), payload: "")),
            "X since 1970-01-01T00:00:00.000Z"
        ),
    ])
    func anEventIsNamedSoThatItIsFoundInALog(event: Event, name: String) {
        #expect(event.lateName == name)
    }
}
