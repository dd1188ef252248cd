import Synchronization

/// Asks supervisord about the process whose end it has just reported, once for all handlers.
///
/// supervisord knows the exit status only until it starts the process again or is shut down, so the answer for one handler must not
/// come too late because another one causes that. Only the latest end is remembered.
final class ProcessEnds: Sendable {
    private typealias Answer = Task<Result<ProcessInformation, SupervisorError>, Never>

    private struct State {
        /// The process of the latest event, if that was its end or a failed start.
        var process: ProcessName?
        /// The answer about it; nil until a handler asks.
        var answer: Answer?
    }

    private let supervisor: Supervisor
    private let loop: EventLoop
    private let state = Mutex(State())

    init(supervisor: Supervisor, loop: EventLoop) {
        self.supervisor = supervisor
        self.loop = loop
    }

    /// Records an event before handlers get it.
    ///
    /// - Parameters:
    ///   - event: The event.
    ///   - kind: The kind of the event, which is cheaper to look at.
    func record(_ event: Event, _ kind: EventKind?) {
        switch kind {
        case .processStateExited, .processStateBackoff, .processStateFatal:
            guard case .processState(let change) = event else {
                return
            }
            state.withLock { $0 = State(process: change.process) }
        case .processStateStarting, .processStateRunning, .processStateStopping, .processStateStopped,
            .processStateUnknown:
            state.withLock { state in
                if state.process != nil {
                    state = State()
                }
            }
        default: break
        }
    }

    /// Asks supervisord about a process, unless another handler has done so since it ended.
    ///
    /// - Parameters:
    ///   - process: The process.
    ///   - timeout: How long the call may take.
    /// - Returns: What supervisord knows about it.
    /// - Throws: ``SupervisorError``.
    func information(
        of process: ProcessName,
        within timeout: Duration
    ) async throws(SupervisorError) -> ProcessInformation {
        guard let answer = answer(about: process, within: timeout) else {
            return try await supervisor.processInfo(of: process, within: timeout)
        }
        do throws(SupervisorError) {
            return try await answer.value.get()
        } catch {
            // The handler that asked first may have allowed less time.
            guard case .timedOut(_, _, let limit) = error, limit < timeout else {
                throw error
            }
            return try await supervisor.processInfo(of: process, within: timeout)
        }
    }

    /// Waits until supervisord has been asked about the latest end, so that it can be shut down without that being lost.
    ///
    /// - Parameter timeout: How long the call may take.
    func waitForAnswer(within timeout: Duration) async {
        if let process = state.withLock({ $0.process }) {
            _ = await answer(about: process, within: timeout)?.value
        }
    }

    /// Returns the answer for all handlers, which is asked for at the first call; nil if another process ended last.
    private func answer(about process: ProcessName, within timeout: Duration) -> Answer? {
        state.withLock { state in
            guard state.process == process else {
                return nil
            }
            if let answer = state.answer {
                return answer
            }
            let answer = Answer(executorPreference: loop) { [supervisor] in
                do throws(SupervisorError) {
                    return .success(try await supervisor.processInfo(of: process, within: timeout))
                } catch {
                    return .failure(error)
                }
            }
            state.answer = answer
            return answer
        }
    }
}
