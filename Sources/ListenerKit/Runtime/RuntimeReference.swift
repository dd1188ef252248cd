import Synchronization

/// A reference to the listener from what it owns itself.
///
/// It is cleared at the end; otherwise they would keep each other alive.
final class RuntimeReference: Sendable {
    private let runtime = Mutex<ListenerRuntime?>(nil)

    /// The listener; `nil` before it runs, and once it has ended.
    var listener: ListenerRuntime? {
        get { runtime.withLock { $0 } }
        set { runtime.withLock { $0 = newValue } }
    }
}
