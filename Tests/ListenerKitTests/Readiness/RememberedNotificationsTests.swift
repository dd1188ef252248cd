import Testing

@testable import ListenerKit

@Suite struct RememberedNotificationsTests {
    typealias Assignment = ReceivedNotification.Assignment
    typealias Process = RememberedNotifications.Process

    private static func assignments(_ text: String) -> [Assignment] {
        NotificationText.assignments(Array(text.replacing(" ", with: "\n").utf8))
    }

    /// What a process says, one after the other, and what is remembered of it.
    static let cases: [([String], String)] = [
        (["READY=1"], "READY=1"),
        (["READY=1", "STATUS=up"], "READY=1 STATUS=up"),
        (["STATUS=a", "READY=1 STATUS=b", "STATUS=c"], "READY=1 STATUS=c"),
        (["READY=1", "RELOADING=1", "READY=1"], "RELOADING=1 READY=1"),
        (["READY=1", "RELOADING=1"], "READY=1 RELOADING=1"),
        (["READY=1", "STOPPING=1"], "READY=1 STOPPING=1"),
        (["EXTEND_TIMEOUT_USEC=1 WATCHDOG=1 READY=1 BARRIER=1 MAINPID=3", "X=1"], "READY=1"),
    ]

    @Test(arguments: cases)
    func theLastValueOfEachNameIsRemembered(said: [String], remembered: String) {
        var notifications = RememberedNotifications()
        for text in said {
            notifications.record(Self.assignments(text), of: Process(pid: 7, forkTime: .seconds(1)))
        }
        let expected = ReceivedNotification(senders: [7], assignments: Self.assignments(remembered))
        #expect(notifications.notifications == [expected])
    }

    @Test func nothingIsRememberedOfWhatIsAboutTheMoment() {
        var notifications = RememberedNotifications()
        notifications.record(Self.assignments("WATCHDOG=1"), of: Process(pid: 7, forkTime: nil))
        #expect(notifications.notifications == [])
    }

    @Test func aLaterProcessWithThePidBeginsAnew() {
        var notifications = RememberedNotifications()
        notifications.record(Self.assignments("READY=1"), of: Process(pid: 7, forkTime: .seconds(1)))
        notifications.record(Self.assignments("STATUS=new"), of: Process(pid: 7, forkTime: .seconds(2)))
        let expected = ReceivedNotification(senders: [7], assignments: Self.assignments("STATUS=new"))
        #expect(notifications.notifications == [expected])
    }

    @Test func theOneThatWasSilentForLongestIsForgottenFirst() {
        var notifications = RememberedNotifications(capacity: 2)
        for pid in [1, 2, 1, 3] as [Int32] {
            notifications.record(Self.assignments("READY=1"), of: Process(pid: pid, forkTime: nil))
        }
        #expect(notifications.notifications.map { $0.senders } == [[1], [3]])
    }

    @Test func processesThatAreGoneAreForgotten() {
        var notifications = RememberedNotifications()
        for pid in 1...3 as ClosedRange<Int32> {
            notifications.record(Self.assignments("READY=1"), of: Process(pid: pid, forkTime: nil))
        }
        notifications.keepOnly { $0.pid != 2 }
        #expect(notifications.notifications.map { $0.senders } == [[1], [3]])
    }
}
