import Synchronization

/// The way from what serves the handlers back to their listener, until that ends; else they would keep each other alive.
final class RuntimeReference: Sendable {
    private let runtime = Mutex<ListenerRuntime?>(nil)

    /// The listener; `nil` before it runs, and once it has ended.
    var listener: ListenerRuntime? {
        get { runtime.withLock { $0 } }
        set { runtime.withLock { $0 = newValue } }
    }
}
