import Synchronization

/// Lets a few do something at the same time; the others wait for their turn, in their order.
final class Turns: Sendable {
    /// Begins somebody's turn.
    ///
    /// - Returns: Whether the turn lasts; if not, it is over at once, and ``Turns/end()`` must not be called for it.
    typealias Beginning = @Sendable () -> Bool

    private struct State {
        var free: Int
        var waiting = Queue<Beginning>()
    }

    private let state: Mutex<State>

    /// Creates turns of which so many last at the same time.
    init(_ count: Int) {
        state = Mutex(State(free: count))
    }

    /// Begins a turn now, or once others have ended theirs.
    func wait(_ begin: @escaping Beginning) {
        state.withLock { $0.waiting.append(begin) }
        beginNext()
    }

    /// Ends a turn.
    func end() {
        state.withLock { $0.free += 1 }
        beginNext()
    }

    private func beginNext() {
        while let begin = takeNext() {
            if begin() {
                return
            }
            state.withLock { $0.free += 1 }
        }
    }

    private func takeNext() -> Beginning? {
        state.withLock { state in
            guard state.free > 0, let next = state.waiting.popFirst() else {
                return nil
            }
            state.free -= 1
            return next
        }
    }
}
