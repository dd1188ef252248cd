import Testing

@testable import ListenerKit

@Suite struct NotificationRecordTests {
    typealias Assignment = ReceivedNotification.Assignment

    private static let notifications = [
        ReceivedNotification(
            senders: [4711, 4700],
            assignments: [Assignment("READY", "1"), Assignment("STATUS", "a=b ü")]
        ),
        ReceivedNotification(senders: [], assignments: [Assignment("STATUS", "")]),
        ReceivedNotification(senders: [1], assignments: []),
        ReceivedNotification(senders: [12], assignments: [Assignment("X", " from 3 ")]),
    ]

    @Test(arguments: [1, 2, 3, 7, 64, 4096])
    func notificationsArriveAsTheyWereSentInPiecesOfAnySize(size: Int) {
        let bytes = Self.notifications.flatMap { NotificationRecord.encode($0) }
        var reader = NotificationRecordReader()
        var received: [ReceivedNotification] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            received += reader.append(bytes[start..<min(start + size, bytes.count)])
        }
        #expect(received == Self.notifications)
    }

    @Test func theFormIsLines() {
        let text = String(decoding: NotificationRecord.encode(Self.notifications[0]), as: UTF8.self)
        #expect(text == "from 4711 4700\nREADY=1\nSTATUS=a=b ü\n\n")
    }

    @Test(arguments: ["", "READY=1", "from x\nREADY=1", "from 1\nREADY", "to 1\nREADY=1", "from1\nREADY=1"])
    func malformedRecordsAreSkipped(text: String) {
        var reader = NotificationRecordReader()
        let good = NotificationRecord.encode(Self.notifications[0])
        #expect(reader.append(Array("\(text)\n\n".utf8) + good) == [Self.notifications[0]])
    }

    @Test func aRecordWithoutAnEndIsNotKept() {
        var reader = NotificationRecordReader()
        for _ in 0..<100 {
            #expect(reader.append([UInt8](repeating: 120, count: 4096)[...]) == [])
        }
        _ = reader.append([10, 10])
        #expect(reader.append(NotificationRecord.encode(Self.notifications[0])[...]) == [Self.notifications[0]])
    }
}

extension NotificationRecordReader {
    fileprivate mutating func append(_ bytes: [UInt8]) -> [ReceivedNotification] {
        append(bytes[...])
    }
}
