import ListenerKit
import ListenerTesting

/// Holds up whoever comes, until it is opened.
final class Gate: Sendable {
    private let state = Monitor(false)

    var isOpen: Bool { state.withLock { $0 } }

    func open() {
        state.withLock { $0 = true }
    }

    /// Waits as tasks do, without holding up the thread.
    func pass() async {
        _ = await state.wait(within: .seconds(600)) { $0 }
    }

    /// Holds up the thread too.
    func passBlocking() {
        state.waitBlocking { $0 }
    }
}
