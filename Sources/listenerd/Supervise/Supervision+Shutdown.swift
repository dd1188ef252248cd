import Handlers
import ListenerKit

/// Signals that this process gets, and the shutdown of supervisord.
extension Supervision {
    /// Signals that are passed on to supervisord.
    static let forwardedSignals: Set<Signal> = [.terminate, .interrupt, .quit, .hangUp, .user2]
    /// Those of them that shut it down.
    static let terminatingSignals: Set<Signal> = [.terminate, .interrupt, .quit]
    /// Caught and dropped: the default action would kill `supervise`.
    static let ignoredSignals: [Signal] = [.user1]
    /// How long to wait for a start that a listener has asked supervisord for.
    private static let startTimeout = Duration.seconds(1)
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
        // An interpreter that is still starting reports SIGINT as an error; later, all three signals have the same effect.
        let isEarly = nudger.map { !$0.isReady } ?? false
        let ownSignal = isEarly ? Signal.terminate : signal
        if state.isShuttingDown {
            reporter.report(.info, "passing \(signal) on too; supervisord is already being shut down")
            send(ownSignal, to: supervisord, &state)
        } else if let stop = state.orderedStop {
            if stop.hurry() {
                reporter.report(.info, "\(signal) came while programs were being stopped; stopping all of them at once")
            }
        } else {
            stop(supervisord, by: ownSignal, &state)
        }
    }

    /// Stops all programs, in order if they were started in order, and shuts down supervisord by a signal.
    private func stop(_ supervisord: ChildProcess, by signal: Signal, _ state: inout State) {
        // The deadline includes all waits, since supervisord may hang.
        let start = ContinuousClock.now
        serviceManager?.stop(because: "\(signal)")
        announceStop(waitingFor: .zero)
        // A supervisord that waits for a slow reader would not answer.
        streams.limitHoldUps()
        state.shutdownTime = nil
        guard !beginOrderedStop(of: supervisord, signal, at: start, &state) else {
            return
        }
        announceStop(waitingFor: Self.startTimeout)
        quiescence.wait(for: supervisord, wasReady: nudger?.isReady ?? true)
        state.shutdownDeadline = deadline(after: signal, at: start, shutdownTimeout, .groups)
        send(signal, to: supervisord, &state)
    }

    /// Tells the listeners to start nothing any more.
    ///
    /// - Parameter timeout: How long to wait for starts that are under way.
    private func announceStop(waitingFor timeout: Duration) {
        do throws(SystemError) {
            try folder.stopNotice.post(waitingFor: timeout)
        } catch {
            reporter.reportOnce(.warning, "\(error); listeners may start programs while everything is being stopped")
        }
    }

    /// Sends supervisord a signal that shuts it down.
    private func send(_ signal: Signal, to supervisord: ChildProcess, _ state: inout State) {
        supervisord.send(signal)
        state.shutdownSignals.append(signal)
        nudger?.nudgeUntilExit()
    }

    /// Returns the deadline for everything to stop, which `--stop-timeout` sets if it is given.
    private func deadline(
        after signal: Signal,
        at start: ContinuousClock.Instant,
        _ timeout: @autoclosure () -> Duration,
        _ limit: ShutdownDeadline.Limit
    ) -> ShutdownDeadline {
        guard let stopTimeout else {
            return ShutdownDeadline(after: signal, at: start, timeout: timeout(), limit)
        }
        return ShutdownDeadline(after: signal, at: start, timeout: stopTimeout, .option)
    }

    /// How long a shutdown may take before supervisord counts as hanging; files that have changed since may allow more time.
    private var shutdownTimeout: Duration {
        configurations.map { StopBudget($0, isNudged: nudger != nil).duration }.max() ?? .zero
    }

    /// The configuration as it is now, if it can be read, and as it was when supervisord was started.
    private var configurations: [SupervisorConfiguration] {
        let current = try? SupervisorConfiguration(path: folder.mainFile)
        return [current, folder.configuration].compactMap { $0 }
    }

    /// Passes on signals that do not shut down supervisord, once it can take them.
    func passOnPendingSignals(to supervisord: ChildProcess, _ state: inout State) {
        guard !state.pendingSignals.isEmpty, nudger?.isReady ?? true else {
            return
        }
        let reloads = state.pendingSignals.contains(.hangUp) && !state.isStopping
        if reloads {
            quiescence.wait(for: supervisord, wasReady: true)
        }
        for signal in state.pendingSignals {
            // Listeners come first: on SIGHUP, supervisord stops them.
            logs.reopen(signal, below: supervisord)
            // While everything stops, nothing may be started anew.
            if signal != .hangUp || reloads {
                supervisord.send(signal)
            }
        }
        if reloads {
            listenerWatch?.resetRestartCounts()
        }
        state.pendingSignals.removeAll()
        nudger?.nudge(for: Self.reloadNudging)
    }
}

// MARK: - Stopping in order

extension Supervision {
    /// Begins to stop programs in order.
    ///
    /// - Returns: Whether that has begun; if not, supervisord has to stop them.
    private func beginOrderedStop(
        of supervisord: ChildProcess,
        _ signal: Signal,
        at start: ContinuousClock.Instant,
        _ state: inout State
    ) -> Bool {
        guard stopsInOrder, let supervisor else {
            return false
        }
        let plans = configurations.map { StopPlan(StartupPlan($0), $0) }
        let wasReady = nudger?.isReady ?? true
        let stop = OrderedStop(
            plans,
            supervisor,
            of: supervisord,
            wasReady: wasReady,
            announcedBy: { [self] in announceStop(waitingFor: Self.startTimeout) },
            LastWords(folder, supervisor),
            reporter,
            whenProgressing: { [serviceManager] in serviceManager?.report(stop: $0.text) }
        )
        do throws(SystemError) {
            try stop.start { [wakeUp] in wakeUp.signal() }
        } catch {
            reporter.report(.warning, "\(Self.orderIsNotKept): \(error)")
            return false
        }
        let longest = Duration.seconds(plans.map { $0.seconds }.max() ?? 0) + StopBudget.grace
        state.shutdownDeadline = deadline(after: signal, at: start, longest, .order)
        state.orderedStop = stop
        state.signalAfterStop = signal
        return true
    }

    /// Shuts down supervisord once its programs have stopped in order, or if they cannot be stopped in order.
    func followOrderedStop(of supervisord: ChildProcess, _ state: inout State) {
        guard !state.isShuttingDown, let outcome = state.orderedStop?.outcome else {
            return
        }
        if case .failed(let reason) = outcome {
            reporter.report(.warning, "\(Self.orderIsNotKept): \(reason)")
            state.shutdownDeadline?.extend(to: shutdownTimeout, at: .now)
        }
        send(state.signalAfterStop, to: supervisord, &state)
    }

    private static let orderIsNotKept =
        "programs do not stop in the reverse of their order, but one group after the other, as supervisord stops them"
}

// MARK: - Deadlines

extension Supervision {
    /// Shuts down supervisord when it is time, repeats a signal that was lost, and kills what is left past the deadline.
    func enforceDeadlines(_ supervisord: ChildProcess, _ state: inout State) {
        if let time = state.shutdownTime, time <= .now {
            stop(supervisord, by: .terminate, &state)
        }
        if let last = state.shutdownSignals.last, let time = nudger?.runningSince, time + Self.resendInterval <= .now {
            send(last, to: supervisord, &state)
        }
        switch state.shutdownDeadline?.step(at: .now) {
        case .remind:
            let names = SupervisedProcess.list(SupervisedProcess.all(of: supervisord))
            let message = state.shutdownDeadline?.reminder(names, at: .now) ?? ""
            reporter.report(.warning, message)
        case .killPrograms: killPrograms(of: supervisord, &state)
        case .killSupervisord: supervisord.send(.kill)
        case .giveUp: state.end = .killed(.kill)
        case nil: break
        }
    }

    private func killPrograms(of supervisord: ChildProcess, _ state: inout State) {
        let listeners = Set(folder.configuration.eventListeners.flatMap { $0.program.processes })
        let processes = SupervisedProcess.all(of: supervisord)
        let programs = processes.filter { !listeners.contains($0.name) }
        // If nothing else runs, a listener is what takes so long.
        let named = SupervisedProcess.list(programs.isEmpty ? processes : programs, limit: 50)
        reporter.report(.error, state.shutdownDeadline?.overdueMessage(named) ?? "")
        streams.hurry()
        state.orderedStop?.cancel()
        // First, so that it restarts none of them.
        send(.terminate, to: supervisord, &state)
        for program in programs {
            program.process.sendToGroup(.kill)
        }
    }
}
