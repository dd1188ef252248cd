import Testing

@testable import ListenerKit

@Suite struct HoldUpTests {
    private static let limit = Duration.seconds(1)
    private let start = MonotonicTime.now

    /// What an event may wait after others have waited, one after the other, with nothing in between.
    private func allowance(after waits: [Int], andThen rest: Duration = .zero) -> Duration {
        var holdUp = HoldUp()
        var now = start
        for milliseconds in waits {
            let end = now + .milliseconds(milliseconds)
            holdUp.add(from: now, to: end, limit: Self.limit)
            now = end
        }
        return holdUp.allowance(at: now + rest, limit: Self.limit)
    }

    @Test(arguments: [
        ([], 1000), ([300], 700), ([300, 300], 400), ([1000], 10), ([5000], 10), ([600, 600, 600], 10),
        // What is normal does not count.
        ([10], 1000), ([10, 10, 10, 10, 10], 1000), ([11], 989),
    ])
    func waitedTimeIsSubtractedFromTheRest(waits: [Int], milliseconds: Int) {
        #expect(allowance(after: waits) == .milliseconds(milliseconds))
    }

    @Test(arguments: [(1, 100), (4, 400), (10, 1000), (3600, 1000)])
    func aTenthOfTheTimeComesBack(seconds: Int, milliseconds: Int) {
        #expect(allowance(after: [1000], andThen: .seconds(seconds)) == .milliseconds(milliseconds))
    }

    @Test func zeroLimitAllowsNoWaiting() {
        #expect(HoldUp().allowance(at: start, limit: .zero) == .zero)
    }
}
