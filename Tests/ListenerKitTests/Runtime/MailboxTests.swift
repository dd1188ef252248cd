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
}
