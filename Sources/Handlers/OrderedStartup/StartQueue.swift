import ListenerKit
import Synchronization

/// Has supervisord start processes, one after the other, while the handler goes on with events.
///
/// Each start takes supervisord some milliseconds, and sends events; were these not taken at once, a thousand starts would
/// overflow the buffer in which supervisord keeps them.
final class StartQueue: Sendable {
    /// What became of one start.
    struct Answer: Sendable {
        let process: ProcessName
        /// Why it was not started, or may not have been.
        let error: SupervisorError?
    }

    private struct State {
        /// Processes to be started, the next one last.
        var waiting: [ProcessName] = []
        var answers: [Answer] = []
        /// How many starts have no answer that was taken.
        var open = 0
        /// Whether there is a thread that goes through the queue.
        var isAtWork = false
    }

    private let supervisor: Supervisor
    private let whenAnswered: @Sendable () -> Void
    private let state = Mutex(State())

    /// Makes an empty queue.
    ///
    /// - Parameters:
    ///   - supervisor: What starts the processes.
    ///   - whenAnswered: Called on any thread, once there are answers to be taken.
    init(_ supervisor: Supervisor, whenAnswered: @escaping @Sendable () -> Void) {
        self.supervisor = supervisor
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
    func takeAnswers() -> [Answer] {
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
            try startThread(stackSize: 256 * 1024, takesSignals: false) { [self] in work() }
        } catch {
            state.withLock { $0.isAtWork = false }
            giveUp(.cannotReach(supervisor.endpoint, error))
        }
    }

    private func work() {
        while let process = next() {
            do throws(SupervisorError) {
                try supervisor.startProcessBlocking(process)
                answer(process, nil)
            } catch {
                answer(process, error)
                if error.fault == nil {
                    giveUp(error)
                }
            }
        }
    }

    private func next() -> ProcessName? {
        state.withLock { state in
            let process = state.waiting.popLast()
            state.isAtWork = process != nil
            return process
        }
    }

    private func answer(_ process: ProcessName, _ error: SupervisorError?) {
        state.withLock { $0.answers.append(Answer(process: process, error: error)) }
        whenAnswered()
    }

    /// Lets the rest share the fate of the one that did not reach supervisord, rather than wait as long for each.
    private func giveUp(_ error: SupervisorError) {
        state.withLock { state in
            state.answers += state.waiting.reversed().map { Answer(process: $0, error: error) }
            state.waiting.removeAll()
        }
        whenAnswered()
    }
}
