/// The deliveries that wait for one handler, in order, up to a limit.
///
/// Of each kind of signal one waits at most, the latest: it stands for those before it. Signals are never dropped, because nothing
/// makes up for them.
struct Mailbox {
    private var queue = Queue<Delivery>()
    /// The latest signal of each kind that waits; the queue has the first one, for its place.
    private var signals = InlineArray<3, Delivery?>(repeating: nil)
    private var signalCount = 0
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
    ///   - capacity: How many deliveries wait at most, apart from signals.
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
        if let signal = delivery.signal {
            guard signals[signal.rawValue] == nil else {
                signals[signal.rawValue] = delivery
                return false
            }
            signals[signal.rawValue] = delivery
            signalCount += 1
        }
        queue.append(delivery)
        size += delivery.size
        let droppedBefore = dropped
        while isOverfull, let oldest = queue.popFirst() {
            guard oldest.signal == nil else {
                queue.append(oldest)
                continue
            }
            size -= oldest.size
            dropped += 1
        }
        return dropped > droppedBefore
    }

    private var isOverfull: Bool {
        let count = queue.count - signalCount
        return count > capacity || size > sizeLimit && count > 1
    }

    /// Removes and returns the next delivery; `nil` if there is none, or the mailbox is held.
    mutating func popFirst() -> Delivery? {
        guard !isHeld, let delivery = queue.popFirst() else {
            return nil
        }
        size -= delivery.size
        guard let signal = delivery.signal else {
            return delivery
        }
        signalCount -= 1
        return signals[signal.rawValue].take()
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
