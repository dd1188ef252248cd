import Testing

@testable import ListenerKit

@Suite struct MailboxTests {
    private static func delivery(_ number: UInt64, size: Int = 0) -> Delivery {
        let payload = String(repeating: "x", count: size)
        let event = OtherEvent(header: EventHeader(name: "OTHER"), payload: payload)
        return Delivery(.event(.other(event)), number: number)
    }

    private static func put(_ numbers: ClosedRange<UInt64>, into mailbox: Mailbox, size: Int = 0) -> [UInt64] {
        numbers.flatMap { mailbox.put(delivery($0, size: size)) }.map { $0.number }
    }

    /// Everything that a closed mailbox still hands out.
    private static func rest(of mailbox: Mailbox) async -> [UInt64] {
        var numbers: [UInt64] = []
        while let delivery = await mailbox.next() {
            numbers.append(delivery.number)
        }
        return numbers
    }

    @Test func itemsComeOutInOrder() async {
        let mailbox = Mailbox()
        #expect(Self.put(1...1000, into: mailbox).isEmpty)
        #expect(mailbox.count == 1000)
        mailbox.close()
        #expect(await Self.rest(of: mailbox) == Array(1...1000))
        #expect(mailbox.count == 0)
    }

    @Test func aReaderThatWaitsGetsWhatComes() async {
        let mailbox = Mailbox()
        async let numbers = Self.rest(of: mailbox)
        for number in UInt64(1)...100 {
            _ = mailbox.put(Self.delivery(number))
            await Task.yield()
        }
        mailbox.close()
        #expect(await numbers == Array(1...100))
    }

    @Test func aFullMailboxDropsTheOldest() async {
        let mailbox = Mailbox(capacity: 3)
        #expect(Self.put(1...5, into: mailbox) == [1, 2])
        #expect(mailbox.count == 3)
        mailbox.close()
        #expect(await Self.rest(of: mailbox) == [3, 4, 5])
    }

    @Test func droppedItemsAreCountedUntilHalfOfTheRestIsHandled() async {
        let mailbox = Mailbox(capacity: 4)
        _ = Self.put(1...7, into: mailbox)
        #expect(mailbox.takeLosses() == 0)
        _ = await mailbox.next()
        #expect(mailbox.takeLosses() == 0)
        _ = await mailbox.next()
        #expect(mailbox.takeLosses() == 3)
        #expect(mailbox.takeLosses() == 0)
    }

    @Test func theSizeOfWhatWaitsIsLimitedToo() async {
        let mailbox = Mailbox(largestSize: 100)
        #expect(Self.put(1...4, into: mailbox, size: 30) == [1])
        #expect(mailbox.put(Self.delivery(5, size: 100)).map { $0.number } == [2, 3, 4])
        mailbox.close()
        #expect(await Self.rest(of: mailbox) == [5])
    }

    @Test func oversizedItemsAreKeptAlone() async {
        let mailbox = Mailbox(largestSize: 100)
        #expect(Self.put(1...2, into: mailbox, size: 1000) == [1])
        mailbox.close()
        #expect(await Self.rest(of: mailbox) == [2])
    }

    @Test func takenItemsMakeRoom() async {
        let mailbox = Mailbox(capacity: 2, largestSize: 100)
        for number in UInt64(1)...10 {
            #expect(mailbox.put(Self.delivery(number, size: 100)).isEmpty)
            #expect(await mailbox.next()?.number == number)
        }
    }

    @Test func aHeldMailboxHandsOutNothingBeforeItsRelease() async {
        let mailbox = Mailbox(isHeld: true)
        #expect(mailbox.isHeld)
        async let numbers = Self.rest(of: mailbox)
        _ = Self.put(2...3, into: mailbox)
        await Task.yield()
        #expect(mailbox.count == 2)
        mailbox.release(with: Self.delivery(1))
        #expect(!mailbox.isHeld)
        mailbox.close()
        #expect(await numbers == [1, 2, 3])
    }

    @Test func aReleaseMayBringNothingAndComeTwice() async {
        let mailbox = Mailbox(isHeld: true)
        _ = mailbox.put(Self.delivery(1))
        mailbox.release()
        mailbox.release()
        #expect(await mailbox.next()?.number == 1)
    }

    @Test func aHeldMailboxIsBoundedToo() async {
        let mailbox = Mailbox(isHeld: true, capacity: 2)
        #expect(Self.put(1...5, into: mailbox) == [1, 2, 3])
    }

    @Test func aClosedMailboxIsReleasedAndTakesNothingMore() async {
        let mailbox = Mailbox(isHeld: true)
        _ = mailbox.put(Self.delivery(1))
        mailbox.close()
        #expect(!mailbox.isHeld)
        #expect(mailbox.put(Self.delivery(2)).isEmpty)
        mailbox.release(with: Self.delivery(3))
        #expect(await Self.rest(of: mailbox) == [1])
    }

    @Test func closingWakesAReaderThatWaits() async {
        let mailbox = Mailbox()
        async let next = mailbox.next()
        await Task.yield()
        #expect(!mailbox.isDone)
        mailbox.close()
        #expect(await next == nil)
        #expect(mailbox.isDone)
        #expect(await mailbox.next() == nil)
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
