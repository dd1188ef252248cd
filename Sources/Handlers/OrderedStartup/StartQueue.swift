import ListenerKit
import Synchronization

/// Has supervisord start processes, one after the other, while the handler goes on with events.
///
/// Each start takes supervisord some milliseconds, and sends events; if these were not handled at once, a thousand starts
/// would overflow the buffer in which supervisord keeps them.
final class StartQueue: Sendable {
    /// The outcome of one start.
    typealias Answer = (process: ProcessName, outcome: StartOutcome)

    private struct State {
        /// Processes to be started, the next one last.
        var waiting: [ProcessName] = []
        var answers: [Answer] = []
        /// Whether there is a thread that goes through the queue.
        var isWorking = false
    }

    /// So many are started in one call, because each sends two events, and by default supervisord keeps ten until it can
    /// deliver them, which it cannot during a call.
    private static let largestBatch = 4

    /// After this, supervisord is told to start something even if it may have been told to shut down.
    private static let lockTimeout = Duration.seconds(3)

    private let supervisor: Supervisor
    private let startLock: StartLock
    private let whenAnswered: @Sendable () -> Void
    private let state = Mutex(State())

    /// Creates an empty queue.
    ///
    /// - Parameters:
    ///   - supervisor: What starts the processes.
    ///   - startLock: What keeps starts apart from the shutdown.
    ///   - whenAnswered: Called on any thread, when there are answers and there were none before.
    init(_ supervisor: Supervisor, _ startLock: StartLock, whenAnswered: @escaping @Sendable () -> Void) {
        self.supervisor = supervisor
        self.startLock = startLock
        self.whenAnswered = whenAnswered
    }

    /// Removes the answers that have come since the last call.
    ///
    /// - Returns: The answers, in the order of the starts.
    func removeAnswers() -> [Answer] {
        state.withLock { state in
            defer { state.answers.removeAll() }
            return state.answers
        }
    }

    /// Has processes started after those that are in the queue.
    func append(_ processes: [ProcessName]) {
        guard !processes.isEmpty else {
            return
        }
        let isFirst = state.withLock { state in
            state.waiting.insert(contentsOf: processes.reversed(), at: 0)
            defer { state.isWorking = true }
            return !state.isWorking
        }
        if isFirst {
            startWorking()
        }
    }

    private func startWorking() {
        do throws(SystemError) {
            try startThread(stackSize: 256 * 1024, inheritsSignalMask: false) { [self] in work() }
        } catch {
            state.withLock { $0.isWorking = false }
            giveUp(.cannotReach(endpoint: supervisor.endpoint, error: error))
        }
    }

    private func work() {
        while case let batch = nextBatch(), !batch.isEmpty {
            do throws(SupervisorError) {
                let faults = try startLock.holdForStart(timeout: Self.lockTimeout) { () throws(SupervisorError) in
                    try supervisor.startBlocking(batch)
                }
                guard let faults else {
                    // Everything is being stopped: what was not started gets no answer, as it will never be.
                    return discard()
                }
                answer(zip(batch, faults).map { ($0, StartOutcome($1)) })
            } catch {
                answer(batch.map { ($0, .unconfirmed(reason: "\(error)")) })
                giveUp(error)
            }
        }
    }

    /// Starts nothing more, whatever else is asked for.
    private func discard() {
        state.withLock { state in
            state.waiting.removeAll()
            state.isWorking = false
        }
    }

    private func nextBatch() -> [ProcessName] {
        state.withLock { state in
            let batch = Array(state.waiting.suffix(Self.largestBatch).reversed())
            state.waiting.removeLast(batch.count)
            state.isWorking = !batch.isEmpty
            return batch
        }
    }

    private func answer(_ answers: [Answer]) {
        let areFirst = state.withLock { state in
            defer { state.answers += answers }
            return state.answers.isEmpty
        }
        if areFirst {
            whenAnswered()
        }
    }

    /// Lets the rest share the fate of the one that did not reach supervisord, rather than wait as long for each.
    private func giveUp(_ error: SupervisorError) {
        let rest = state.withLock { state in
            defer { state.waiting.removeAll() }
            return state.waiting
        }
        if !rest.isEmpty {
            answer(rest.reversed().map { ($0, .unconfirmed(reason: "\(error)")) })
        }
    }
}
