import Synchronization

/// What waits for one handler, in order, up to a limit.
final class Mailbox: Sendable {
    private struct State {
        var queue = Queue<Delivery>()
        var size = 0
        var reader: UnsafeContinuation<Delivery?, Never>?
        var isHeld: Bool
        var isClosed = false
        /// Whether the reader has been told that nothing more comes.
        var isDone = false
        /// How many deliveries were dropped, since somebody last asked.
        var lost = 0
    }

    /// How many deliveries wait at most.
    private let capacity: Int
    /// How many bytes of data wait at most.
    private let largestSize: Int
    private let state: Mutex<State>

    /// Makes a mailbox.
    ///
    /// - Parameters:
    ///   - isHeld: Whether nothing is to be handed out before ``release(with:)``.
    ///   - capacity: How many deliveries wait at most.
    ///   - largestSize: How many bytes of data wait at most.
    init(isHeld: Bool = false, capacity: Int = 10_000, largestSize: Int = 32 << 20) {
        self.capacity = capacity
        self.largestSize = largestSize
        state = Mutex(State(isHeld: isHeld))
    }

    /// Puts something in, and makes room for it by dropping the oldest where the mailbox is full; a closed mailbox takes
    /// nothing.
    ///
    /// - Returns: What was dropped.
    @discardableResult
    func put(_ delivery: Delivery) -> [Delivery] {
        let (reader, dropped): (UnsafeContinuation<Delivery?, Never>?, [Delivery]) = state.withLock { state in
            if state.isClosed {
                return (nil, [])
            }
            if !state.isHeld, let reader = state.reader.take() {
                return (reader, [])
            }
            state.queue.append(delivery)
            state.size += delivery.size
            let dropped = dropExcess(from: &state)
            state.lost += dropped.count
            return (nil, dropped)
        }
        reader?.resume(returning: delivery)
        return dropped
    }

    /// How many deliveries were dropped, once half of what there was room for is handled, and never the same ones twice.
    func takeLosses() -> Int {
        state.withLock { state in
            guard state.lost > 0, state.queue.count <= capacity / 2, state.size <= largestSize / 2 else {
                return 0
            }
            defer { state.lost = 0 }
            return state.lost
        }
    }

    /// Begins to hand out deliveries, the given one first.
    func release(with first: Delivery? = nil) {
        let (reader, delivery): (UnsafeContinuation<Delivery?, Never>?, Delivery?) = state.withLock { state in
            state.isHeld = false
            if let first, !state.isClosed {
                state.queue.prepend(first)
                state.size += first.size
            }
            return Self.match(&state)
        }
        reader?.resume(returning: delivery)
    }

    /// Takes the next delivery, and waits where there is none.
    ///
    /// - Returns: The delivery; `nil` once the mailbox is closed and empty.
    func next() async -> Delivery? {
        await withUnsafeContinuation { continuation in
            let (reader, delivery) = state.withLock { state in
                state.reader = continuation
                return Self.match(&state)
            }
            reader?.resume(returning: delivery)
        }
    }

    /// Closes the mailbox: what is in it will be handed out, and nothing after that.
    func close() {
        let (reader, delivery): (UnsafeContinuation<Delivery?, Never>?, Delivery?) = state.withLock { state in
            state.isClosed = true
            state.isHeld = false
            return Self.match(&state)
        }
        reader?.resume(returning: delivery)
    }

    /// Whether it still waits for its release.
    var isHeld: Bool {
        state.withLock { $0.isHeld }
    }

    /// Whether it is closed and empty, and its reader knows.
    var isDone: Bool {
        state.withLock { $0.isDone }
    }

    /// How many deliveries wait.
    var count: Int {
        state.withLock { $0.queue.count }
    }

    /// Finds the reader that waits and what it waits for, where both are there.
    private static func match(_ state: inout State) -> (UnsafeContinuation<Delivery?, Never>?, Delivery?) {
        guard state.reader != nil, !state.isHeld, !state.queue.isEmpty || state.isClosed else {
            return (nil, nil)
        }
        let delivery = state.queue.popFirst()
        state.size -= delivery?.size ?? 0
        state.isDone = delivery == nil
        return (state.reader.take(), delivery)
    }

    private func dropExcess(from state: inout State) -> [Delivery] {
        var dropped: [Delivery] = []
        while state.queue.count > capacity || state.size > largestSize && state.queue.count > 1,
            let oldest = state.queue.popFirst()
        {
            state.size -= oldest.size
            dropped.append(oldest)
        }
        return dropped
    }
}
