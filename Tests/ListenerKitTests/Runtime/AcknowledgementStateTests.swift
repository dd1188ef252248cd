import Testing

@testable import ListenerKit

/// Whom an event waits for.
@Suite final class AcknowledgementStateTests {
    private static func event(_ name: String) -> Event {
        .other(OtherEvent(header: EventHeader(name: name), payload: ""))
    }

    private static let one = event("ONE")
    private static let two = event("TWO")
    private var acknowledgement = Acknowledgement(handlers: 3)

    /// An event that these handlers want.
    private func handOut(_ event: Event = one, to handlers: Set<Int> = [0, 1, 2]) -> UInt64 {
        let number = acknowledgement.begin()
        acknowledgement.handOut(event) { handlers.contains($0) }
        return number
    }

    private func finish(_ number: UInt64, by handler: Int) -> Acknowledgement.Progress {
        acknowledgement.finish(number, by: handler)
    }

    private func expire(_ number: UInt64) -> (late: [Int], event: Event?)? {
        acknowledgement.expire(number)
    }

    private func complete() -> Bool { acknowledgement.complete() }

    private func catchUp(_ handler: Int) -> Bool { acknowledgement.catchUp(handler) }

    @Test func anEventIsDueOnceAllWhoWantItAreDone() {
        let number = handOut(to: [0, 2])
        #expect(acknowledgement.isPending)
        #expect(!complete())
        #expect(finish(number, by: 0) == .irrelevant)
        #expect(finish(number, by: 1) == .irrelevant)
        #expect(acknowledgement.event(awaiting: 0) == nil)
        #expect(acknowledgement.event(awaiting: 2) == Self.one)
        #expect(finish(number, by: 2) == .completesEvent)
        #expect(complete())
        #expect(!complete())
        #expect(!acknowledgement.isPending)
    }

    @Test func anEventThatIsNotHandedOutYetIsNotDue() {
        _ = acknowledgement.begin()
        #expect(!acknowledgement.isDue)
        acknowledgement.handOut(Self.one) { _ in false }
        #expect(acknowledgement.isDue)
    }

    @Test func otherNumbersAndSecondTimesCountForNothing() {
        let number = handOut(to: [0, 1])
        #expect(finish(0, by: 0) == .irrelevant)
        #expect(finish(number + 1, by: 0) == .irrelevant)
        #expect(finish(number, by: 0) == .irrelevant)
        #expect(finish(number, by: 0) == .irrelevant)
        #expect(!acknowledgement.isDue)
        #expect(finish(number, by: 1) == .completesEvent)
    }

    @Test func whoMissesTheDeadlineIsLate() throws {
        let number = handOut(to: [0, 1])
        _ = finish(number, by: 0)
        let expiry = try #require(expire(number))
        #expect(expiry.late == [1])
        #expect(expiry.event == Self.one)
        #expect(!acknowledgement.isPending)
        #expect(expire(number) == nil)
        #expect(acknowledgement.event(awaiting: 1) == Self.one)
        #expect(!acknowledgement.isLate(0))
        #expect(acknowledgement.isLate(1))
    }

    @Test func noEventWaitsForWhoIsLate() {
        _ = expire(handOut())
        let next = handOut(Self.two)
        #expect(acknowledgement.isDue)
        #expect(finish(next, by: 0) == .mayHaveCaughtUp)
        #expect(catchUp(0))
        #expect(!acknowledgement.isLate(0))
        #expect(!catchUp(0))
        #expect(complete())
        let last = handOut()
        #expect(acknowledgement.event(awaiting: 0) == Self.one)
        #expect(acknowledgement.event(awaiting: 1) == Self.one)
        #expect(finish(last, by: 0) == .completesEvent)
    }

    @Test func whoCatchesUpIsNotOwedTheEventThatDidNotWait() {
        _ = expire(handOut())
        let next = handOut(Self.two, to: [0])
        #expect(catchUp(0))
        #expect(finish(next, by: 0) == .irrelevant)
        #expect(acknowledgement.isDue)
    }

    @Test func anEventInTimeDoesNotExpire() {
        let number = handOut(to: [0])
        _ = finish(number, by: 0)
        #expect(complete())
        #expect(expire(number) == nil)
        let next = handOut(Self.two)
        #expect(expire(number) == nil)
        #expect(acknowledgement.number == next)
    }
}
