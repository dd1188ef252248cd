import ListenerKit
import Synchronization

/// The readiness of programs as one listener in this process learns of it.
///
/// One of its handlers can make a source of it.
final class ListenerReadiness: Sendable {
    private let core: SupervisorCore
    private let listener: Int
    private let whenNews = Mutex<(@Sendable () -> Void)?>(nil)

    init(_ core: SupervisorCore, listener: Int) {
        self.core = core
        self.listener = listener
    }

    /// Makes the source of a handler.
    func makeSource(whenNews: @escaping @Sendable () -> Void) -> FakeReadiness {
        self.whenNews.withLock { $0 = whenNews }
        core.change { [listener] in $0.listeners[listener]?.news.begin() }
        return FakeReadiness(
            answer: { [core, listener] attempt in core.change { $0.answer(attempt, of: listener) } },
            remove: { [core, listener] in core.change { $0.listeners[listener]?.news.removeAll() ?? [] } }
        )
    }

    /// Has the handler called if news have come.
    func callForNews() {
        if core.model.withLock({ [listener] in $0.listeners[listener]?.news.popCall() ?? false }) {
            whenNews.withLock { $0 }?()
        }
    }
}
