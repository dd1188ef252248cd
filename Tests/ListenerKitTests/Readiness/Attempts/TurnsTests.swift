import Synchronization
import Testing

@testable import ListenerKit

@Suite struct TurnsTests {
    private final class Record: Sendable {
        let begun = Mutex<[Int]>([])
    }

    private let record = Record()
    private var begun: [Int] { record.begun.withLock { $0 } }

    private func wait(_ turns: Turns, _ number: Int, lasts: Bool = true) {
        turns.wait { [record] in
            record.begun.withLock { $0.append(number) }
            return lasts
        }
    }

    @Test func aFewBeginAtOnceAndTheOthersInTheirOrder() {
        let turns = Turns(2)
        for number in 0..<5 {
            wait(turns, number)
        }
        #expect(begun == [0, 1])
        turns.end()
        #expect(begun == [0, 1, 2])
        turns.end()
        turns.end()
        #expect(begun == [0, 1, 2, 3, 4])
    }

    @Test func aTurnThatIsOverAtOnceIsThatOfTheNext() {
        let turns = Turns(1)
        wait(turns, 0)
        for number in 1...1000 {
            wait(turns, number, lasts: false)
        }
        wait(turns, 1001)
        wait(turns, 1002)
        #expect(begun == [0])
        turns.end()
        #expect(begun == Array(0...1001))
        turns.end()
        #expect(begun.last == 1002)
        turns.end()
        wait(turns, 1003)
        #expect(begun.last == 1003)
    }
}
