import ListenerKit
import Synchronization

/// Has supervisord start processes, one after the other, while the handler goes on with events.
///
/// Each start takes supervisord some milliseconds, and sends events; were these not taken at once, a thousand starts would
/// overflow the buffer in which supervisord keeps them.
final class StartQueue: Sendable {
    /// What became of one start.
    enum Outcome: Sendable {
        case started
        /// supervisord said why not.
        case refused(Fault)
        /// Nobody knows whether supervisord has heard of it.
        case unknown(SupervisorError)
    }

    private struct State {
        /// Processes to be started, the next one last.
        var waiting: [ProcessName] = []
        var answers: [(process: ProcessName, outcome: Outcome)] = []
        /// How many starts have no answer that was taken.
        var open = 0
        /// Whether there is a thread that goes through the queue.
        var isAtWork = false
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

    /// Makes an empty queue.
    ///
    /// - Parameters:
    ///   - supervisor: What starts the processes.
    ///   - startLock: What keeps starts apart from the order to shut down.
    ///   - whenAnswered: Called on any thread, once there are answers to be taken.
    init(_ supervisor: Supervisor, _ startLock: StartLock, whenAnswered: @escaping @Sendable () -> Void) {
        self.supervisor = supervisor
        self.startLock = startLock
        self.whenAnswered = whenAnswered
    }

    /// Whether every start was answered, and every answer taken.
    var isEmpty: Bool {
        state.withLock { $0.open == 0 }
    }

    /// Whether there are answers to be taken.
    var hasAnswers: Bool {
        state.withLock { !$0.answers.isEmpty }
    }

    /// The answers that have come since they were last taken, in the order of the starts.
    func takeAnswers() -> [(process: ProcessName, outcome: Outcome)] {
        state.withLock { state in
            state.open -= state.answers.count
            defer { state.answers.removeAll() }
            return state.answers
        }
    }

    /// Has processes started after those that are in the queue.
    func append(_ processes: [ProcessName]) {
        guard !processes.isEmpty else {
            return
        }
        let mustBegin = state.withLock { state in
            state.waiting.insert(contentsOf: processes.reversed(), at: 0)
            state.open += processes.count
            defer { state.isAtWork = true }
            return !state.isAtWork
        }
        if mustBegin {
            begin()
        }
    }

    private func begin() {
        do throws(SystemError) {
            try startThread(stackSize: 256 * 1024, inheritsSignalMask: false) { [self] in work() }
        } catch {
            state.withLock { $0.isAtWork = false }
            giveUp(.cannotReach(endpoint: supervisor.endpoint, error: error))
        }
    }

    private func work() {
        while case let batch = next(), !batch.isEmpty {
            do throws(SupervisorError) {
                let faults = try startLock.hold(timeout: Self.lockTimeout) { () throws(SupervisorError) in
                    try supervisor.startBlocking(batch)
                }
                answer(zip(batch, faults).map { ($0, $1.map { .refused($0) } ?? .started) })
            } catch {
                answer(batch.map { ($0, .unknown(error)) })
                giveUp(error)
            }
        }
    }

    private func next() -> [ProcessName] {
        state.withLock { state in
            let batch = Array(state.waiting.suffix(Self.largestBatch).reversed())
            state.waiting.removeLast(batch.count)
            state.isAtWork = !batch.isEmpty
            return batch
        }
    }

    private func answer(_ answers: [(process: ProcessName, outcome: Outcome)]) {
        state.withLock { $0.answers += answers }
        whenAnswered()
    }

    /// Lets the rest share the fate of the one that did not reach supervisord, rather than wait as long for each.
    private func giveUp(_ error: SupervisorError) {
        let rest = state.withLock { state in
            defer { state.waiting.removeAll() }
            return state.waiting
        }
        answer(rest.reversed().map { ($0, .unknown(error)) })
    }
}
