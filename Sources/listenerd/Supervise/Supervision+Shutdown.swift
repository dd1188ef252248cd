import ListenerKit

/// Signals that this process gets, and the shutdown of supervisord.
extension Supervision {
    /// Signals that are passed on to supervisord.
    static let forwardedSignals: Set<Signal> = [.terminate, .interrupt, .quit, .hangUp, .user2]
    /// Those of them that shut it down.
    static let terminatingSignals: Set<Signal> = [.terminate, .interrupt, .quit]
    /// Caught and dropped: the default action would kill `supervise`.
    static let ignoredSignals: [Signal] = [.user1]
    /// How long a listener that has recorded a status may take to shut down supervisord itself.
    static let listenerTimeout = Duration.seconds(3)
    /// How long to nudge supervisord after SIGHUP, so that it reloads at once.
    private static let reloadNudging = Duration.milliseconds(250)
    /// How long supervisord may go on answering as before, after a signal that shuts it down, until that is sent again: a signal
    /// that arrives while supervisord reloads is lost.
    static let resendInterval = Duration.milliseconds(500)

    /// Handles signals that this process was sent.
    func handle(_ signals: [Signal], for supervisord: ChildProcess, _ state: inout State) {
        for signal in signals where state.end == nil {
            if Self.terminatingSignals.contains(signal) {
                passOn(terminating: signal, to: supervisord, &state)
            } else if Self.forwardedSignals.contains(signal) {
                state.pendingSignals.append(signal)
            }
        }
    }

    private func passOn(terminating signal: Signal, to supervisord: ChildProcess, _ state: inout State) {
        if state.isShuttingDown {
            reporter.report(.info, "passing \(signal) on too; supervisord is already being shut down")
        }
        // An interpreter that is still starting reports SIGINT as an error; later, all three signals have the same effect.
        let isEarly = nudger.map { !$0.isReady } ?? false
        shutDown(supervisord, by: isEarly ? .terminate : signal, &state)
    }

    /// Sends supervisord a signal that shuts it down.
    private func shutDown(_ supervisord: ChildProcess, by signal: Signal, _ state: inout State) {
        if !state.isShuttingDown {
            serviceManager?.stop(because: "\(signal)")
            // A supervisord that waits for a slow reader would not answer.
            streams.limitHoldUps()
            // The deadline includes the wait for an answer, since supervisord may hang.
            let start = ContinuousClock.now
            quiescence.wait(for: supervisord, wasReady: nudger?.isReady ?? true)
            state.shutdownDeadline = ShutdownDeadline(after: signal, at: start, timeout: shutdownTimeout)
        }
        supervisord.send(signal)
        state.shutdownSignals.append(signal)
        state.shutdownTime = nil
        nudger?.nudgeUntilExit()
    }

    /// How long a shutdown may take before supervisord counts as hanging; files that have changed since may allow more time.
    private var shutdownTimeout: Duration {
        let current = try? SupervisorConfiguration(path: folder.mainFile)
        let currentBudget = current.map { StopBudget($0, isNudged: nudger != nil) }
        return max(stopBudget.duration, currentBudget?.duration ?? .zero)
    }

    /// Passes on signals that do not shut down supervisord, once it can take them.
    func passOnPendingSignals(to supervisord: ChildProcess, _ state: inout State) {
        guard !state.pendingSignals.isEmpty, nudger?.isReady ?? true else {
            return
        }
        if state.pendingSignals.contains(.hangUp) {
            quiescence.wait(for: supervisord, wasReady: true)
        }
        for signal in state.pendingSignals {
            // Listeners come first: on SIGHUP, supervisord stops them.
            logs.reopen(signal, below: supervisord)
            supervisord.send(signal)
        }
        if state.pendingSignals.contains(.hangUp) {
            listenerWatch?.resetRestartCounts()
        }
        state.pendingSignals.removeAll()
        nudger?.nudge(for: Self.reloadNudging)
    }

    /// Shuts down supervisord when it is time, repeats a signal that was lost, and kills supervisord past the deadline.
    func enforceDeadlines(_ supervisord: ChildProcess, _ state: inout State) {
        if let time = state.shutdownTime, time <= .now {
            shutDown(supervisord, by: .terminate, &state)
        }
        if let last = state.shutdownSignals.last, let time = nudger?.runningSince, time + Self.resendInterval <= .now {
            shutDown(supervisord, by: last, &state)
        }
        if state.shutdownDeadline?.enforce(on: supervisord, reporter) ?? false {
            state.end = .killed(.kill)
        }
    }
}
