import Synchronization

/// Shuts down supervisord if the `supervise` that stops everything is killed meanwhile, so that nothing is left.
///
/// Nothing is looked at before a process stops, or this listener starts.
final class StopWitness: Sendable {
    private static let interval = Duration.milliseconds(100)
    /// A busy supervisord answers within this time.
    private static let callTimeout = Duration.seconds(2)

    private let notice: StopNoticeReader
    private let supervisor: Supervisor
    private let startLock: StartLock
    private let loop: EventLoop
    private let reporter: Reporter
    private let isWatching = Atomic<Bool>(false)

    init(
        _ notice: StopNoticeReader,
        _ supervisor: Supervisor,
        _ startLock: StartLock,
        loop: EventLoop,
        _ reporter: Reporter
    ) {
        self.notice = notice
        self.supervisor = supervisor
        self.startLock = startLock
        self.loop = loop
        self.reporter = reporter
    }

    /// Watches `supervise` from now on if everything is being stopped.
    func look() {
        guard !isWatching.load(ordering: .relaxed), notice.isPosted,
            !isWatching.exchange(true, ordering: .relaxed)
        else {
            return
        }
        Task(executorPreference: loop) { [self] in
            while !notice.isAbandoned {
                await loop.sleep(until: .now + Self.interval)
            }
            await shutDown()
        }
    }

    private func shutDown() async {
        let supervisord = SupervisordProcess.atStart
        do throws(SupervisorError) {
            try await supervisor.shutDown(supervisord, startLock, within: Self.callTimeout)
        } catch {
            guard !error.isShutdown else {
                return
            }
            do throws(SystemError) {
                try supervisord.send(.terminate)
            } catch let signalError {
                let reasons = "\(error); \(signalError)"
                return reporter.report(.error, "\(Self.cause), and supervisord cannot be shut down: \(reasons)")
            }
        }
        reporter.report(.warning, "\(Self.cause); shutting down supervisord")
    }

    private static let cause = "supervise has ended while it was stopping everything"
}
