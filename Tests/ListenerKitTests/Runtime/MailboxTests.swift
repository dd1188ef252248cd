import Testing

@testable import ListenerKit

@Suite struct MailboxTests {
    private func delivery(_ number: UInt64, size: Int = 0) -> Delivery {
        let header = EventHeader(name: "REMOTE_COMMUNICATION")
        let data = String(repeating: "x", count: size)
        let event = RemoteCommunicationEvent(header: header, type: "", data: data)
        return Delivery(content: .event(.remoteCommunication(event)), number: number)
    }

    private func drain(_ mailbox: Mailbox) async -> [UInt64] {
        mailbox.close()
        var numbers: [UInt64] = []
        while let next = await mailbox.next() {
            numbers.append(next.number)
        }
        return numbers
    }

    @Test func whatIsPutInComesOutInOrderAndThenTheEnd() async {
        let mailbox = Mailbox()
        for number: UInt64 in 1...200 {
            mailbox.put(delivery(number))
        }
        #expect(await drain(mailbox) == Array(1...200))
        #expect(await mailbox.next() == nil)
    }

    @Test func whoWaitsGetsWhatComes() async {
        let mailbox = Mailbox()
        async let next = mailbox.next()
        mailbox.put(delivery(7))
        #expect(await next?.number == 7)
    }

    @Test func whatIsHeldIsHandedOutBehindTheFirst() async {
        let mailbox = Mailbox(isHeld: true)
        mailbox.put(delivery(1))
        mailbox.put(delivery(2))
        async let first = mailbox.next()
        mailbox.release(with: delivery(9))
        #expect(await first?.number == 9)
        #expect(await drain(mailbox) == [1, 2])
    }

    @Test func aFullMailboxDropsTheOldest() async {
        let mailbox = Mailbox(capacity: 4)
        let beginnings = (1...7).map { mailbox.put(delivery(UInt64($0))) }
        #expect(beginnings == [false, false, false, false, true, false, false])
        #expect(mailbox.takeLosses() == 0)
        _ = await mailbox.next()
        _ = await mailbox.next()
        #expect(mailbox.takeLosses() == 3)
        #expect(mailbox.takeLosses() == 0)
        #expect(await drain(mailbox) == [6, 7])
    }

    @Test func aMailboxMayBeFullBySize() async {
        let mailbox = Mailbox(largestSize: 100)
        mailbox.put(delivery(1, size: 60))
        #expect(mailbox.put(delivery(2, size: 60)))
        mailbox.put(delivery(3, size: 1000))
        #expect(await drain(mailbox) == [3])
    }
}
