/// Answers the marks of `supervise` once everything before them has been handled, so that it can wait for programs' last words.
///
/// Nothing is done before a mark comes, which is once, when all programs have stopped.
final class MarkAnswers: Sendable {
    private static let interval = Duration.milliseconds(1)
    /// `supervise` waits no longer than this.
    private static let timeout = Duration.seconds(1)

    private let notice: StopNoticeReader
    private let runtime: RuntimeReference
    private let loop: EventLoop

    init(to notice: StopNoticeReader, runtime: RuntimeReference, loop: EventLoop) {
        self.notice = notice
        self.runtime = runtime
        self.loop = loop
    }

    /// Answers an event if it is a mark.
    func answer(_ event: Event) {
        guard case .remoteCommunication(let message) = event, message.isMark else {
            return
        }
        let deadline = MonotonicTime.now + Self.timeout
        Task(executorPreference: loop) { [self] in
            while let listener = runtime.listener, !listener.dispatcher.withLock({ $0.hasHandledAll }),
                MonotonicTime.now < deadline
            {
                await loop.sleep(until: .now + Self.interval)
            }
            // A supervise that is gone needs no answer.
            try? notice.answer(message.data, from: message.header.pool)
        }
    }
}
