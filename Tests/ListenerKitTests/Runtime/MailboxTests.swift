import Testing

@testable import ListenerKit

@Suite struct MailboxTests {
    private static func delivery(_ number: UInt64, size: Int = 0) -> Delivery {
        let payload = String(repeating: "x", count: size)
        let event = OtherEvent(header: EventHeader(name: "OTHER"), payload: payload)
        return Delivery(.event(.other(event)), number: number)
    }

    /// Whether any of these made the mailbox drop something.
    @discardableResult
    private static func put(_ numbers: ClosedRange<UInt64>, into mailbox: inout Mailbox, size: Int = 0) -> Bool {
        numbers.map { mailbox.put(delivery($0, size: size)) }.contains(true)
    }

    /// Everything that a mailbox hands out.
    private static func rest(of mailbox: inout Mailbox) -> [UInt64] {
        var numbers: [UInt64] = []
        while let delivery = mailbox.popFirst() {
            numbers.append(delivery.number)
        }
        return numbers
    }

    @Test func deliveriesComeOutInOrder() {
        var mailbox = Mailbox()
        #expect(!mailbox.isReady)
        #expect(!Self.put(1...1000, into: &mailbox))
        #expect(mailbox.count == 1000)
        #expect(mailbox.isReady)
        #expect(Self.rest(of: &mailbox) == Array(1...1000))
        #expect(mailbox.count == 0)
        #expect(!mailbox.isReady)
    }

    @Test func aFullMailboxDropsTheOldest() {
        var mailbox = Mailbox(capacity: 3)
        #expect(!Self.put(1...3, into: &mailbox))
        #expect(Self.put(4...4, into: &mailbox))
        #expect(Self.put(5...5, into: &mailbox))
        #expect(mailbox.count == 3)
        #expect(Self.rest(of: &mailbox) == [3, 4, 5])
    }

    @Test func anOverflowIsReportedOnceWhenHalfOfTheRestIsHandled() {
        var mailbox = Mailbox(capacity: 4)
        Self.put(1...7, into: &mailbox)
        #expect(mailbox.reportOverflow() == 0)
        _ = mailbox.popFirst()
        #expect(mailbox.reportOverflow() == 0)
        _ = mailbox.popFirst()
        #expect(mailbox.reportOverflow() == 3)
        #expect(mailbox.reportOverflow() == 0)
    }

    @Test func theSizeOfAllDeliveriesIsLimitedToo() {
        var mailbox = Mailbox(sizeLimit: 100)
        #expect(!Self.put(1...3, into: &mailbox, size: 30))
        #expect(Self.put(4...4, into: &mailbox, size: 30))
        #expect(mailbox.count == 3)
        #expect(Self.put(5...5, into: &mailbox, size: 100))
        #expect(Self.rest(of: &mailbox) == [5])
    }

    @Test func aDeliveryThatIsTooLargeByItselfIsKeptAlone() {
        var mailbox = Mailbox(sizeLimit: 100)
        #expect(!Self.put(1...1, into: &mailbox, size: 1000))
        #expect(Self.put(2...2, into: &mailbox, size: 1000))
        #expect(Self.rest(of: &mailbox) == [2])
    }

    @Test func handingOutMakesRoom() {
        var mailbox = Mailbox(capacity: 2, sizeLimit: 100)
        for number in UInt64(1)...10 {
            #expect(!Self.put(number...number, into: &mailbox, size: 100))
            #expect(mailbox.popFirst()?.number == number)
        }
    }

    @Test func aHeldMailboxHandsOutNothingBeforeItsRelease() {
        var mailbox = Mailbox(isHeld: true)
        #expect(mailbox.isHeld)
        Self.put(2...3, into: &mailbox)
        #expect(!mailbox.isReady)
        #expect(mailbox.popFirst() == nil)
        #expect(mailbox.count == 2)
        mailbox.release(with: Self.delivery(1))
        #expect(!mailbox.isHeld)
        #expect(mailbox.isReady)
        #expect(Self.rest(of: &mailbox) == [1, 2, 3])
    }

    @Test func aReleaseMayBringNothingAndComeTwice() {
        var mailbox = Mailbox(isHeld: true)
        _ = mailbox.put(Self.delivery(1))
        mailbox.release()
        mailbox.release()
        #expect(Self.rest(of: &mailbox) == [1])
    }

    @Test func aHeldMailboxIsBoundedToo() {
        var mailbox = Mailbox(isHeld: true, capacity: 2)
        #expect(Self.put(1...5, into: &mailbox))
        mailbox.release()
        #expect(Self.rest(of: &mailbox) == [4, 5])
    }

    @Test func aClosedMailboxIsReleasedAndTakesNothingMore() {
        var mailbox = Mailbox(isHeld: true)
        _ = mailbox.put(Self.delivery(1))
        mailbox.close()
        #expect(!mailbox.isHeld)
        #expect(!Self.put(2...2, into: &mailbox))
        mailbox.release(with: Self.delivery(3))
        #expect(Self.rest(of: &mailbox) == [1])
    }
}

// MARK: - Signals

extension MailboxTests {
    private static func signals(at time: ContinuousClock.Instant = .now) -> [Delivery] {
        [
            Delivery(.alarm(AlarmEvent(time: time))), Delivery(.rotation(RotationEvent(time: .now))),
            Delivery(.finishedWork),
        ]
    }

    /// Whether any of these made the mailbox drop something.
    @discardableResult
    private static func put(_ deliveries: [Delivery], into mailbox: inout Mailbox) -> Bool {
        deliveries.map { mailbox.put($0) }.contains(true)
    }

    private static func everything(of mailbox: inout Mailbox) -> [Delivery] {
        var deliveries: [Delivery] = []
        while let delivery = mailbox.popFirst() {
            deliveries.append(delivery)
        }
        return deliveries
    }

    @Test func aSignalWaitsOnceWhereTheFirstIsAndAsTheLatestIs() {
        var mailbox = Mailbox(capacity: 10)
        let latest = ContinuousClock.now
        Self.put(1...1, into: &mailbox)
        for number in 1...100 {
            #expect(!Self.put(Self.signals(at: latest - .seconds(100 - number)), into: &mailbox))
        }
        Self.put(2...2, into: &mailbox)
        let deliveries = Self.everything(of: &mailbox)
        #expect(deliveries.map { $0.number } == [1, 0, 0, 0, 2])
        #expect(deliveries.map { $0.signal } == [nil, .alarm, .rotation, .finishedWork, nil])
        let times = deliveries.compactMap { delivery in
            if case .alarm(let event) = delivery.content { event.time } else { nil }
        }
        #expect(times == [latest])
    }

    @Test func signalsAreNotDroppedWhenEventsAre() {
        var mailbox = Mailbox(capacity: 3)
        #expect(!Self.put(Self.signals(), into: &mailbox))
        #expect(!Self.put(1...3, into: &mailbox))
        #expect(Self.put(4...9, into: &mailbox))
        #expect(mailbox.count == 6)
        let deliveries = Self.everything(of: &mailbox)
        #expect(deliveries.compactMap { $0.signal } == [.alarm, .rotation, .finishedWork])
        #expect(deliveries.filter { $0.signal == nil }.map { $0.number } == [7, 8, 9])
    }

    @Test func signalsWaitAgainAfterTheyWereHandedOut() {
        var mailbox = Mailbox(capacity: 3)
        for _ in 1...3 {
            Self.put(Self.signals(), into: &mailbox)
            #expect(Self.everything(of: &mailbox).compactMap { $0.signal } == [.alarm, .rotation, .finishedWork])
        }
    }

    @Test func aLargeDeliveryIsKeptBesideSignals() {
        var mailbox = Mailbox(sizeLimit: 100)
        Self.put(Self.signals(), into: &mailbox)
        #expect(!Self.put(1...1, into: &mailbox, size: 1000))
        #expect(Self.rest(of: &mailbox) == [0, 0, 0, 1])
    }
}

// MARK: - Sizes

extension MailboxTests {
    @Test(arguments: ["", "x", "é", "😀x"])
    func aDeliveryIsAsLargeAsItsData(data: String) {
        let header = EventHeader(name: "")
        let process = ProcessName(group: "g", process: "p")
        let log = ProcessLogEvent(header: header, process: process, pid: 1, channel: .stdout, data: data)
        let said = ProcessCommunicationEvent(header: header, process: process, pid: 1, channel: .stdout, data: data)
        let remote = RemoteCommunicationEvent(header: header, type: "t", data: data)
        let other = OtherEvent(header: header, payload: data)
        let events: [Event] = [
            .processLog(log), .processCommunication(said), .remoteCommunication(remote), .other(other),
        ]
        for event in events {
            #expect(Delivery(.event(event), number: 0).size == data.utf8.count)
        }
    }

    @Test func aSnapshotIsAsLargeAsItsProcessesAreMany() {
        let process = ProcessInformation(name: ProcessName(group: "g", process: "p"), state: .running)
        let snapshot = Snapshot(processes: Array(repeating: process, count: 100), reason: .request, time: .now)
        #expect(Delivery(.snapshot(snapshot)).size >= 10_000)
    }
}
