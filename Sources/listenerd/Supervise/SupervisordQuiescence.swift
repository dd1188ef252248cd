import ListenerKit

/// The moment at which supervisord can be told to stop its programs so that all of them hear it.
///
/// What it has just forked swallows the signal; and a signal that supervisord gets in the first pass of its loop, in which it
/// starts everything, has it stop what it has just forked.
struct SupervisordQuiescence {
    private static let interval = Duration.milliseconds(2)

    private let supervisor: Supervisor?
    private let answerTimeout: Duration

    /// Prepares to wait.
    ///
    /// - Parameters:
    ///   - supervisor: By which supervisord can be asked; nil if it cannot.
    ///   - answerTimeout: A supervisord that does not answer for so long is told nevertheless.
    init(_ supervisor: Supervisor?, answerTimeout: Duration = .seconds(2)) {
        self.supervisor = supervisor
        self.answerTimeout = answerTimeout
    }

    /// Waits until supervisord is between two passes of its loop, and what it has forked executes its program, which is so at
    /// once unless it has just started something.
    ///
    /// - Parameters:
    ///   - supervisord: The process.
    ///   - wasReady: Whether supervisord has answered before; one that has not, and refuses connections, is ended by the signal
    ///     itself.
    func wait(for supervisord: ChildProcess, wasReady: Bool) {
        let deadline = ContinuousClock.now + answerTimeout
        // Its answer shows that it is past the first pass, and what was due has been started by then.
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
