import Testing

@testable import ListenerKit

@Suite struct QueueTests {
    @Test(arguments: [0, 1, 2, 63, 64, 65, 1000])
    func elementsLeaveInTheOrderOfTheirArrival(count: Int) {
        var queue = Queue<Int>()
        for number in 0..<count {
            queue.append(number)
        }
        #expect(queue.count == count)
        #expect(queue.isEmpty == (count == 0))
        #expect((0..<count).allSatisfy { queue.popFirst() == $0 })
        #expect(queue.popFirst() == nil)
        #expect(queue.isEmpty)
    }

    /// The queue behaves as an array does, whatever the order of the calls.
    @Test(arguments: 1...20)
    func callsMayComeInAnyOrder(seed: Int) {
        var queue = Queue<Int>()
        var model: [Int] = []
        var random = UInt64(seed)
        for number in 0..<2000 {
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            switch (random >> 33) % 10 {
            case 0:
                queue.prepend(number)
                model.insert(number, at: 0)
            case 1...(number < 1000 ? 6 : 3):
                queue.append(number)
                model.append(number)
            default:
                #expect(queue.popFirst() == (model.isEmpty ? nil : model.removeFirst()))
            }
            #expect(queue.count == model.count)
            #expect(queue.isEmpty == model.isEmpty)
        }
    }

    @Test func memoryStaysBoundedWhileElementsPass() {
        var queue = Queue<Int>()
        queue.append(-1)
        for number in 0..<10_000 {
            queue.append(number)
            #expect(queue.popFirst() == number - 1)
        }
        let elements = Mirror(reflecting: queue).children.first { $0.label == "elements" }?.value as? [Int?]
        #expect((elements?.count ?? .max) <= 128)
    }
}
