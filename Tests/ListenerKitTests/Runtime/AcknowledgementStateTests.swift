import Testing

@testable import ListenerKit

/// Whom an event waits for.
@Suite final class AcknowledgementStateTests {
    private static func event(_ name: String) -> Event {
        .other(OtherEvent(header: EventHeader(name: name), payload: ""))
    }

    private static let one = event("ONE")
    private static let two = event("TWO")
    private var acknowledgement = Acknowledgement(handlers: 3, limit: .seconds(1))
    private var now = MonotonicTime.now

    /// An event that these handlers want.
    private func handOut(_ event: Event = one, to handlers: Set<Int> = [0, 1, 2]) -> UInt64 {
        acknowledgement.begin(event) { handlers.contains($0) }
    }

    private func finish(_ number: UInt64, by handler: Int) -> Acknowledgement.Progress {
        acknowledgement.finish(number, by: handler, at: now)
    }

    /// Lets an event wait until it has waited for too long for some handler.
    private func expire(_ number: UInt64) -> (late: [Int], event: Event?, isDue: Bool)? {
        acknowledgement.wait(from: now).map { now = $0 }
        return acknowledgement.expire(number, at: now)
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

    @Test func anEventThatNobodyWantsIsDueAtOnce() {
        _ = handOut(to: [])
        #expect(acknowledgement.isDue)
        #expect(complete())
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

    @Test func handlersThatMissTheDeadlineAreLate() throws {
        let number = handOut(to: [0, 1])
        _ = finish(number, by: 0)
        let expiry = try #require(expire(number))
        #expect(expiry.late == [1])
        #expect(expiry.event == Self.one)
        #expect(expiry.isDue)
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

    @Test func eventsThatDidNotWaitAreNotOwedAfterCatchingUp() {
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

    /// Handles an event after it has waited.
    private func wait(_ duration: Duration, for handler: Int) {
        let number = handOut(to: [handler])
        _ = acknowledgement.wait(from: now)
        now += duration
        #expect(finish(number, by: handler) == .completesEvent)
        #expect(complete())
    }

    @Test func handlersAlwaysJustInTimeHoldUpEventsForOneLimitInAll() throws {
        wait(.milliseconds(600), for: 0)
        let number = handOut(to: [0, 1])
        #expect(acknowledgement.wait(from: now) == now + .milliseconds(400))
        now += .milliseconds(399)
        let early = acknowledgement.expire(number, at: now)
        #expect(try #require(early).late.isEmpty)
        #expect(acknowledgement.wait(from: now) == now + .milliseconds(1))
        now += .milliseconds(1)
        let late = acknowledgement.expire(number, at: now)
        let expiry = try #require(late)
        #expect(expiry.late == [0])
        // The other one has not held up anything before.
        #expect(!expiry.isDue)
        #expect(acknowledgement.wait(from: now) == now + .milliseconds(600))
        #expect(finish(number, by: 1) == .completesEvent)
        #expect(complete())
    }

    @Test func forgivenHandlersHaveTheWholeLimitAgain() {
        wait(.milliseconds(600), for: 0)
        acknowledgement.forgive(0)
        _ = handOut(to: [0])
        #expect(acknowledgement.wait(from: now) == now + .seconds(1))
    }
}
