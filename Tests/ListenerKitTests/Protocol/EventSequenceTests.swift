import Testing

@testable import ListenerKit

@Suite struct EventSequenceTests {
    typealias Numbers = (serial: Int, poolSerial: Int)

    private static func judge(_ events: [Numbers]) -> [EventSequence.Verdict] {
        var sequence = EventSequence()
        return events.map { sequence.judge(serial: $0.serial, poolSerial: $0.poolSerial) }
    }

    private static let stories: [(events: [Numbers], verdicts: [EventSequence.Verdict])] = [
        // The first event may have any number: what came before is in the snapshot.
        ([(0, 0), (1, 1), (2, 2)], [.new, .new, .new]),
        ([(33, 16), (34, 17)], [.new, .new]),
        // Other pools have serials too, so that only the pool's own numbers tell of a loss.
        ([(0, 0), (7, 1), (99, 2)], [.new, .new, .new]),
        ([(0, 0), (5, 2)], [.new, .afterGap(1)]),
        ([(0, 0), (50, 16), (51, 17), (60, 20)], [.new, .afterGap(15), .new, .afterGap(2)]),
        // Overlapping names in `events=` bring the same event once for each.
        ([(4, 1), (4, 1), (4, 1), (5, 2), (5, 2)], [.new, .duplicate, .duplicate, .new, .duplicate]),
        // What was put back comes again, also after others.
        ([(4, 1), (5, 2), (6, 3), (4, 1), (7, 4)], [.new, .new, .new, .duplicate, .new]),
        // What another process of the pool has put back is new here, and nothing is lost.
        ([(9, 5), (10, 6), (4, 2), (11, 7)], [.new, .new, .new, .new]),
        // A rejection in another pool leaks an older event into this one, with a number of this pool.
        ([(9, 5), (3, 6), (10, 7)], [.new, .new, .new]),
        ([(9, 5), (3, 6), (3, 6), (10, 7)], [.new, .new, .duplicate, .new]),
        // A reload makes the pool anew; serials go on.
        ([(12, 7), (13, 0), (14, 1)], [.new, .afterReload, .new]),
        ([(12, 0), (13, 0), (14, 1)], [.new, .afterReload, .new]),
        // The new pool's first events may be lost too.
        ([(12, 7), (30, 3), (31, 4), (32, 6)], [.new, .afterReload, .new, .afterGap(1)]),
        // A header without numbers says nothing about its event.
        ([(-1, -1), (-1, -1), (-1, 3), (4, -1)], [.new, .new, .new, .new]),
        ([(1, 1), (-1, -1), (2, 2)], [.new, .new, .new]),
        ([(.min, .min), (.min, .max), (.max, .min)], [.new, .new, .new]),
        ([(0, 0), (.max, .max), (.max, .max)], [.new, .afterGap(.max - 1), .duplicate]),
        ([(.max, .max), (0, 0), (1, 1)], [.new, .afterReload, .new]),
    ]

    @Test(arguments: stories)
    func numbersTellWhatHappened(events: [Numbers], verdicts: [EventSequence.Verdict]) {
        #expect(Self.judge(events) == verdicts)
    }

    @Test func aDuplicateIsRecognisedManyEventsLater() {
        let events = (0..<256).map { (serial: $0, poolSerial: $0) }
        #expect(Self.judge(events + [(0, 0)]).last == .duplicate)
    }

    @Test func memoryStaysBounded() {
        var sequence = EventSequence()
        for number in 0..<100_000 {
            #expect(sequence.judge(serial: number, poolSerial: number) == .new)
        }
        let recent = Mirror(reflecting: sequence).children.first { $0.label == "recent" }?.value as? [Int]
        #expect(recent?.count == 256)
    }
}
