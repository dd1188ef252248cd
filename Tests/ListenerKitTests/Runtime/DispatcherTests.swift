import Testing

@testable import ListenerKit

/// Who is called when, and when the listener is done.
@Suite final class DispatcherTests {
    private static let event = Event.other(OtherEvent(header: EventHeader(name: "ONE"), payload: ""))
    private var dispatcher = Dispatcher([(.everyEvent, false), (.everyEvent, false)], acknowledgedWithin: .seconds(1))
    private var now = MonotonicTime.now

    /// The indices of the handlers that are called, each before the one before has come back.
    private func calls() -> [Dispatcher.Call] {
        var calls: [Dispatcher.Call] = []
        while let call = dispatcher.nextCall() {
            calls.append(call)
        }
        return calls
    }

    @discardableResult
    private func finish(_ call: Dispatcher.Call, succeeds: Bool = true) -> Dispatcher.Outcome {
        dispatcher.finish(callOf: call.handler, call.delivery?.number, succeeds: succeeds, at: now)
    }

    private func nextStep() -> Dispatcher.Step { dispatcher.nextStep() }

    private func shutDown(with status: ListenerKit.ExitStatus) -> Bool { dispatcher.shutDown(with: status) }

    private func stopReceiving() -> Bool { dispatcher.stopReceiving() }

    private func put(forHandler index: Int) {
        let overflowing = dispatcher.put(Delivery(.event(Self.event)), forHandler: index)
        #expect(overflowing.isEmpty)
    }

    /// Makes all handlers, and is ready for events.
    private func start() {
        for call in calls() {
            finish(call)
        }
        #expect(nextStep() == .reportReady)
        #expect(nextStep() == .receive)
    }

    private func handOut() {
        let overflowing = dispatcher.handOut(Self.event, to: .everyEvent)
        #expect(overflowing.isEmpty)
        #expect(nextStep() == .wait)
    }

    @Test func readyIsSentOnceAllHandlersAreMade() {
        let calls = calls()
        #expect(calls.map { $0.handler } == [0, 1])
        #expect(calls.allSatisfy { $0.delivery == nil })
        finish(calls[1])
        #expect(nextStep() == .wait)
        finish(calls[0])
        #expect(nextStep() == .reportReady)
        #expect(nextStep() == .receive)
    }

    @Test func aHandlerIsCalledAgainOnlyWhenItHasComeBack() {
        start()
        handOut()
        let first = calls()
        #expect(first.map { $0.handler } == [0, 1])
        put(forHandler: 0)
        #expect(calls().isEmpty)
        finish(first[0])
        #expect(calls().map { $0.handler } == [0])
    }

    @Test func handlersTakeTurns() {
        start()
        for index in [0, 0, 0, 1] {
            put(forHandler: index)
        }
        var order: [Int] = []
        while let call = dispatcher.nextCall() {
            order.append(call.handler)
            finish(call)
        }
        #expect(order == [0, 1, 0, 0])
    }

    @Test func anEventIsAcknowledgedWhenAllHaveComeBackAndThenTheNextIsReceived() {
        start()
        handOut()
        let calls = calls()
        #expect(!finish(calls[1]).completesEvent)
        #expect(nextStep() == .wait)
        #expect(finish(calls[0]).completesEvent)
        #expect(nextStep() == .acknowledge)
        #expect(nextStep() == .receive)
    }

    @Test func aListenerThatEndsDrainsItsMailboxesAndAsksForNoMore() {
        start()
        handOut()
        #expect(shutDown(with: .failedForGood))
        #expect(!shutDown(with: .success))
        #expect(dispatcher.status == .failedForGood)
        put(forHandler: 0)
        let calls = calls()
        #expect(calls.map { $0.handler } == [0, 1])
        finish(calls[0])
        #expect(nextStep() == .wait)
        finish(calls[1])
        #expect(nextStep() == .acknowledgeLast)
        #expect(nextStep() == .finish)
    }

    @Test func aListenerWithoutReaderReceivesNoMore() {
        start()
        handOut()
        #expect(stopReceiving())
        #expect(!stopReceiving())
        for call in calls() {
            finish(call)
        }
        #expect(nextStep() == .acknowledgeLast)
        #expect(nextStep() == .wait)
        #expect(shutDown(with: .success))
        #expect(nextStep() == .finish)
    }

    @Test func handlersThatCannotBeMadeHoldUpNoEnd() {
        let calls = calls()
        finish(calls[0], succeeds: false)
        #expect(shutDown(with: .usage))
        #expect(nextStep() == .wait)
        finish(calls[1])
        #expect(nextStep() == .finish)
    }

    @Test func theEndNamesTheHandlersThatAreNotDoneAndCallsNobodyAfterwards() throws {
        start()
        handOut()
        _ = dispatcher.nextCall()
        put(forHandler: 0)
        let end = dispatcher.finish()
        let (mustAcknowledge, unfinished) = try #require(end)
        #expect(!mustAcknowledge)
        #expect(unfinished.map { $0.handler } == [0, 1])
        #expect(unfinished.map { $0.count } == [1, 1])
        #expect(unfinished.allSatisfy { $0.event == Self.event })
        #expect(dispatcher.isBusy(0))
        #expect(calls().isEmpty)
        let again = dispatcher.finish()
        #expect(again == nil)
    }

    @Test func handlersAwaitingTheFirstSnapshotAreNeitherCalledNorBlamed() throws {
        dispatcher = Dispatcher(
            [([.everyEvent, .snapshot], isHeld: true), (.everyEvent, isHeld: false)],
            acknowledgedWithin: .seconds(1)
        )
        start()
        handOut()
        for call in calls() {
            #expect(call.handler == 1)
            finish(call)
        }
        let wait = dispatcher.wait(from: now)
        let (deadline, number) = try #require(wait)
        let expiry = dispatcher.expire(number, at: deadline)
        #expect(try #require(expiry).report?.late.isEmpty == true)
        #expect(try #require(expiry).answer == .acknowledge)
        let overflowing = dispatcher.put(Snapshot(processes: [], reason: .start))
        #expect(overflowing.isEmpty)
        let calls = calls()
        #expect(calls.count == 1)
        guard case .snapshot? = calls.first?.delivery?.content else {
            Issue.record("the snapshot does not come first")
            return
        }
        finish(calls[0])
        #expect(self.calls().count == 1)
    }
}
