/// The deliveries that wait for one handler, in order, up to a limit.
struct Mailbox {
    private var queue = Queue<Delivery>()
    /// How many bytes of data wait.
    private var size = 0
    /// Whether nothing is handed out before ``release(with:)``.
    private(set) var isHeld: Bool
    private var isClosed = false
    /// How many deliveries were dropped since that was last reported.
    private var dropped = 0
    private let capacity: Int
    private let sizeLimit: Int

    /// Makes a mailbox.
    ///
    /// - Parameters:
    ///   - isHeld: Whether nothing is handed out before ``release(with:)``.
    ///   - capacity: How many deliveries wait at most.
    ///   - sizeLimit: How many bytes of data wait at most.
    init(isHeld: Bool = false, capacity: Int = 10_000, sizeLimit: Int = 32 << 20) {
        self.isHeld = isHeld
        self.capacity = capacity
        self.sizeLimit = sizeLimit
    }

    /// How many deliveries wait.
    var count: Int { queue.count }

    /// Whether a delivery can be handed out.
    var isReady: Bool { !isHeld && !queue.isEmpty }

    /// Adds a delivery, unless the mailbox is closed; if it is full, the oldest are dropped.
    ///
    /// - Returns: Whether any was dropped.
    mutating func put(_ delivery: Delivery) -> Bool {
        guard !isClosed else {
            return false
        }
        queue.append(delivery)
        size += delivery.size
        let droppedBefore = dropped
        while queue.count > capacity || size > sizeLimit && queue.count > 1, let oldest = queue.popFirst() {
            size -= oldest.size
            dropped += 1
        }
        return dropped > droppedBefore
    }

    /// Removes and returns the next delivery; `nil` if there is none, or the mailbox is held.
    mutating func popFirst() -> Delivery? {
        guard !isHeld, let delivery = queue.popFirst() else {
            return nil
        }
        size -= delivery.size
        return delivery
    }

    /// Returns how many deliveries were dropped, once, and not before half of what the mailbox holds at most is handled.
    mutating func reportOverflow() -> Int {
        guard dropped > 0, queue.count <= capacity / 2, size <= sizeLimit / 2 else {
            return 0
        }
        defer { dropped = 0 }
        return dropped
    }

    /// Begins to hand out deliveries, the given one first.
    mutating func release(with first: Delivery? = nil) {
        isHeld = false
        if let first, !isClosed {
            queue.prepend(first)
            size += first.size
        }
    }

    /// Closes the mailbox: what is in it is still handed out, and nothing is added.
    mutating func close() {
        isClosed = true
        isHeld = false
    }
}
