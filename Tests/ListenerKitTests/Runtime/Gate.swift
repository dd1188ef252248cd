import ListenerKit
import ListenerTesting

/// Holds up whoever comes, until it is opened.
final class Gate: Sendable {
    private let isOpen = Monitor(false)

    func open() {
        isOpen.withLock { $0 = true }
    }

    /// Waits as tasks do, without holding up the thread.
    func pass() async {
        _ = await isOpen.wait(within: .seconds(600)) { $0 }
    }

    /// Holds up the thread too.
    func passBlocking() {
        isOpen.waitBlocking { $0 }
    }
}
