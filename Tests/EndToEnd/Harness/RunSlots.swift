/// Lets a few in at a time, so that many tests at once do not make each other late.
actor Gate {
    /// As many places as there are.
    static let allPlaces = 10
    /// The one that all tests share.
    static let shared = Gate()

    private var places = allPlaces
    private var waiting: [(places: Int, continuation: CheckedContinuation<Void, Never>)] = []

    /// Waits for places.
    ///
    /// - Parameter count: How many; all of them for a test beside which nothing else gets on.
    func enter(_ count: Int) async {
        if waiting.isEmpty, places >= count {
            places -= count
        } else {
            await withCheckedContinuation { waiting.append((count, $0)) }
        }
    }

    /// Gives places to whoever has waited longest.
    func leave(_ count: Int) {
        places += count
        while let first = waiting.first, first.places <= places {
            places -= first.places
            waiting.removeFirst()
            first.continuation.resume()
        }
    }
}
