/// Limits how many supervisord run at once, so that tests do not slow each other down.
actor RunSlots {
    /// How many slots there are.
    static let count = 10
    /// The slots that all tests share.
    static let shared = RunSlots()

    private var free = count
    private var waiters: [(slots: Int, continuation: CheckedContinuation<Void, Never>)] = []

    /// Waits for slots, first come, first served.
    ///
    /// - Parameter slots: How many; all of them for a test that leaves no processor time for others.
    func acquire(_ slots: Int) async {
        if waiters.isEmpty, free >= slots {
            free -= slots
        } else {
            await withCheckedContinuation { waiters.append((slots, $0)) }
        }
    }

    /// Gives slots back, and to those that have waited longest.
    func release(_ slots: Int) {
        free += slots
        while let first = waiters.first, first.slots <= free {
            free -= first.slots
            waiters.removeFirst()
            first.continuation.resume()
        }
    }
}
