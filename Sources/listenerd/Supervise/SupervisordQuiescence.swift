import ListenerKit

/// Waits until a signal makes supervisord stop all of its programs, including those that it has just started.
///
/// A child that supervisord has just forked ignores SIGTERM until it executes its program. And a signal that arrives in the first
/// pass of supervisord's loop, in which it starts everything, makes it stop children that it has just forked.
struct SupervisordQuiescence {
    private static let interval = Duration.milliseconds(2)

    private let supervisor: Supervisor?
    private let answerTimeout: Duration

    /// Prepares to wait.
    ///
    /// - Parameters:
    ///   - supervisor: Calls supervisord; nil if it cannot be called.
    ///   - answerTimeout: How long to wait for an answer; the signal is sent nevertheless.
    init(_ supervisor: Supervisor?, answerTimeout: Duration = .seconds(2)) {
        self.supervisor = supervisor
        self.answerTimeout = answerTimeout
    }

    /// Waits until supervisord is between two passes of its loop, and its children execute their programs.
    ///
    /// Unless it has just started something, that is so at once.
    ///
    /// - Parameters:
    ///   - supervisord: The process.
    ///   - wasReady: Whether supervisord has answered before; if it has not, and refuses connections, a signal ends it at once.
    func wait(for supervisord: ChildProcess, wasReady: Bool) {
        let deadline = ContinuousClock.now + answerTimeout
        // An answer shows that the first pass is over, and that all that was due has been started.
        while !isAnswered(by: deadline), ContinuousClock.now < deadline {
            guard wasReady, !supervisord.hasEnded else {
                return
            }
            pause(for: Self.interval)
        }
        SupervisordProcess(pid: supervisord.pid).waitUntilChildrenExecute(by: .now + SupervisordProcess.startTimeout)
    }

    private func isAnswered(by deadline: ContinuousClock.Instant) -> Bool {
        guard let supervisor else {
            return true
        }
        do throws(SupervisorError) {
            try supervisor.callBlocking("supervisor.getState", within: ContinuousClock.now.duration(to: deadline))
            return true
        } catch {
            return switch error {
            case .fault, .unauthorized, .httpStatus, .malformedReply, .invalidArgument, .unknownHost: true
            case .cannotReach, .timedOut, .connectionLost, .cutOff: false
            }
        }
    }
}
